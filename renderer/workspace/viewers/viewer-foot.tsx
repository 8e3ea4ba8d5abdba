import { useEffect, useRef } from 'react';
import { colourTable } from '../../../src/base/colour-table.ts';
import { formatClock } from '../../../src/base/format-time.ts';
import { formatMeasure } from '../../../src/base/format-measure.ts';
import { formatNumber } from '../../../src/base/format-number.ts';
import { copyText } from '../../parts/copy-text.ts';
import { useRegion } from '../../state/region.ts';
import { useText } from '../../text/text-context.tsx';
import { useLoaders, useVersion } from './loaders.ts';
import { useLook } from './look-store.ts';
import { drawnEvery } from './raster.ts';
import type { Quantity, Shown } from './shown.ts';

interface ViewerFootProps {
  readonly at: number;
  readonly exhibit: string;
  readonly shown: Shown;
  /** Device pixels that one pixel of the picture fills; 0 while there is nothing to draw on. */
  readonly scale: number;
}

/** Which frame is drawn, how large, what its pixels are, and what its colours mean. */
export function ViewerFoot({ at, exhibit, shown, scale }: ViewerFootProps) {
  return (
    <footer className="viewer-foot">
      <FrameLine {...{ exhibit, shown, scale }} />
      <div className="viewer-foot-line">
        <Readout at={at} shown={shown} />
        <RegionLine exhibit={exhibit} />
        {shown.quantity !== undefined && <Legend quantity={shown.quantity} />}
      </div>
    </footer>
  );
}

function FrameLine({ exhibit, shown, scale }: Omit<ViewerFootProps, 'at'>) {
  const text = useText();
  const times = useLoaders().times(exhibit);
  useVersion(times);
  const { frame, picture } = shown;
  const every = drawnEvery(picture.width, picture.height);
  const size = (
    <span className="faint">
      {picture.width} × {picture.height}
      {scale > 0 && (
        <span className="viewer-scale" title={text('window/viewers:scale')}>
          {` · ${text('units:percent', { number: formatNumber(100 * scale, text.language, { decimals: scale < 0.1 ? 1 : 0 }) })}`}
        </span>
      )}
      {shown.raster !== undefined && every > 1 && ` · ${text('window/viewers:drawnEvery', { every })}`}
    </span>
  );
  if (frame === undefined) return <div className="viewer-foot-line mono">{shown.raster === undefined ? '' : size}</div>;
  const examined = times.at(frame.index)?.examinedHash;
  const standing = examined === undefined ? 'unexamined' : examined === frame.hash ? 'same' : 'differs';
  return (
    <div className="viewer-foot-line mono">
      <span className="viewer-frame-number">#{frame.index}</span>
      <span title={text(`window/viewers:${frame.key ? 'keyFrame' : 'noKeyFrame'}`)}>
        <span aria-hidden="true">{frame.key ? '◆' : '◇'}</span>
        <span className="visually-hidden">{text(`window/viewers:${frame.key ? 'keyFrame' : 'noKeyFrame'}`)}</span>
      </span>
      <span>{formatClock(frame.timeMs)}</span>
      <button
        type="button"
        className="viewer-hash mono"
        title={text('window/viewers:copyHash', { hash: frame.hash })}
        onClick={() => void copyText(frame.hash)}
      >
        {frame.hash.slice(0, 8)}…
      </button>
      <span
        className={standing === 'differs' ? 'outcome-inconsistent' : standing === 'same' ? 'muted' : 'faint'}
        title={text(`window/viewers:standing.${standing}.help`)}
      >
        <span aria-hidden="true">{{ same: '=', differs: '▲', unexamined: '○' }[standing]}</span>{' '}
        {text(`window/viewers:standing.${standing}.word`)}
      </span>
      <span className="viewer-head-space" />
      {size}
    </div>
  );
}

/** The pixel under the pointer, by its stored coordinates, with what it holds. */
function Readout({ at, shown }: { at: number; shown: Shown }) {
  const text = useText();
  const pointer = useLook(({ pointer: place, linked }) =>
    place !== null && (linked || place.viewer === at) ? place : null,
  );
  if (pointer === null) return <span className="faint viewer-readout-idle">{text('window/viewers:pointHere')}</span>;
  const { picture, stored, quantity } = shown;
  const x = Math.floor(pointer.x * picture.width);
  const y = Math.floor(pointer.y * picture.height);
  const i = (y * picture.width + x) * 3;
  const rgb = stored === undefined ? undefined : [...stored.rgb.subarray(i, i + 3)];
  const value = quantity === undefined ? undefined : valuesAt(quantity, pointer.x, pointer.y);
  return (
    <span className="mono viewer-readout" data-x={x} data-y={y} data-rgb={rgb?.join(' ')} data-value={value?.join(' ')}>
      <span>
        x {x} y {y}
      </span>
      <span>{rgb === undefined ? '…' : `R ${rgb[0]} G ${rgb[1]} B ${rgb[2]}`}</span>
      {quantity !== undefined && value !== undefined && (
        <strong>
          {value.map((one) => formatMeasure(text, 'value', { value: one, unit: quantity.unit })).join(' ')}
        </strong>
      )}
    </span>
  );
}

/** The marked region, as stored: left, top, width, height. */
function RegionLine({ exhibit }: { exhibit: string }) {
  const text = useText();
  const region = useRegion((state) => state.region);
  const choosing = useRegion((state) => state.choosing);
  if (region?.exhibit !== exhibit)
    return choosing ? <span className="muted">{text('window/viewers:region.choosing')}</span> : null;
  return (
    <span className="mono viewer-region" title={text('window/viewers:region.title')}>
      <span aria-hidden="true">▭ </span>
      {region.x}, {region.y} · {region.width} × {region.height}
      <button
        type="button"
        className="viewer-hash"
        aria-label={text('window/viewers:region.clear')}
        title={text('window/viewers:region.clear')}
        onClick={() => useRegion.getState().mark(null)}
      >
        ×
      </button>
    </span>
  );
}

/** What a quantity's map says at a share of the picture's width and height: as many values as it has channels. */
function valuesAt({ map, min, max }: Quantity, x: number, y: number): number[] {
  const at = (Math.floor(y * map.height) * map.width + Math.floor(x * map.width)) * map.channels;
  return [...map.data.subarray(at, at + map.channels)].map((byte) => round(min + ((max - min) * byte) / 255));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A map's colours with the numbers that they stand for. */
function Legend({ quantity }: { quantity: Quantity }) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { colour, min, max, gain, unit } = quantity;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const colours = colourTable(colour);
    const image = context.createImageData(256, 1);
    for (let i = 0; i < 256; i += 1) image.data.set([...colours.subarray(i * 3, i * 3 + 3), 255], i * 4);
    context.putImageData(image, 0, 0);
  }, [colour]);
  const measure = (value: number): string => formatMeasure(text, 'value', { value: round(value), unit });
  const top = min + (max - min) / gain;
  const label = text(quantity.label);
  return (
    <span className="viewer-legend mono" title={label}>
      <span className="visually-hidden">{label}: </span>
      {round(min)}
      <canvas ref={canvas} width={256} height={1} aria-hidden="true" />
      {measure(top)}
      {gain > 1 && <span aria-hidden="true">+</span>}
    </span>
  );
}
