import { useQuery } from '@tanstack/react-query';
import type { SeriesArtefact } from '../../../../src/base/artefact.ts';
import { formatMeasure } from '../../../../src/base/format-measure.ts';
import { seriesWindow } from '../../../../src/contract/window-operations.ts';
import { call } from '../../../api/call.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';

const width = 320;
const height = 72;
/** Room above and below the curve. */
const marginDb = 6;

interface SpectrumPlotProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly spectrum: SeriesArtefact;
  /** Measured upper edge, marked where there is one. */
  readonly edgeHz: number | undefined;
}

/** The average spectrum as a small curve: frequency to the right, level upwards. */
export function SpectrumPlot({ folder, exhibit, spectrum, edgeHz }: SpectrumPlotProps) {
  const text = useText();
  const input = { folder, exhibit, sha256: spectrum.sha256, from: 0, to: 1e6, points: 2048 };
  const answer = useQuery({
    queryKey: [seriesWindow.name, input],
    queryFn: ({ signal }) => call(seriesWindow, input, signal),
  });
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const { axis, max } = answer.data;
  const highest = axis.at(-1) ?? 1;
  const x = (hz: number): number => (hz / highest) * width;
  const levels = axis.map((_, i) => max[0]?.[i] ?? NaN);
  const known = levels.filter((db) => !Number.isNaN(db));
  const [bottom, top] = [Math.min(...known) - marginDb, Math.max(...known) + marginDb];
  const y = (db: number): number => ((top - db) / (top - bottom)) * height;
  const points = axis.map((hz, i) => `${x(hz).toFixed(1)},${y(levels[i] ?? bottom).toFixed(1)}`);
  const inDb = (value: number): string => formatMeasure(text, 'level', { value: Math.round(value), unit: 'dB' });
  const title = text(`methods/audio:artefacts.${spectrum.title}`, spectrum.details);
  return (
    <figure className="sound-spectrum">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        <polyline points={points.join(' ')} />
        {edgeHz !== undefined && <line x1={x(edgeHz)} x2={x(edgeHz)} y1={0} y2={height} />}
      </svg>
      <figcaption className="faint">
        <span>{formatMeasure(text, 'frequency', { value: 0, unit: 'Hz' })}</span>
        <span className="sound-spectrum-title">
          {title} ({inDb(Math.min(...known))} … {inDb(Math.max(...known))})
        </span>
        <span>{formatMeasure(text, 'frequency', { value: Math.round(highest), unit: 'Hz' })}</span>
      </figcaption>
    </figure>
  );
}
