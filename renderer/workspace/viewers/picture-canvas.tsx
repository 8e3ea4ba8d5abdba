import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { adjustRegion, useRegion } from '../../state/region.ts';
import { useText } from '../../text/text-context.tsx';
import { drawOverlay } from './draw-overlay.ts';
import { useLook } from './look-store.ts';
import {
  fitted,
  panBy,
  pixelAt,
  pixelRectangle,
  showPicture,
  uprightSize,
  zoomAt,
  type Look,
  type Point,
  type Size,
} from './picture-geometry.ts';
import type { Raster } from './raster.ts';
import type { Shown } from './shown.ts';

interface PictureCanvasProps {
  readonly at: number;
  readonly exhibit: string;
  readonly shown: Shown | undefined;
  readonly look: Look;
  /** Device pixels. */
  readonly size: Size;
  readonly onSize: (size: Size) => void;
}

const wheelStep = 1.0015;

/** The picture on a canvas, device pixel by device pixel, and what a pointer or keys do with it. */
export function PictureCanvas({ at, exhibit, shown, look, size, onSize }: PictureCanvasProps) {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const painted = useRef(new Map<string, { raster: Raster; canvas: OffscreenCanvas }>());
  useDeviceSize(box, onSize);

  useLayoutEffect(() => {
    const context = base.current?.getContext('2d', { alpha: true });
    if (context === null || context === undefined || size.width === 0) return;
    context.resetTransform();
    context.clearRect(0, 0, size.width, size.height);
    if (shown?.raster === undefined) return;
    const layers = [
      { name: 'base', raster: shown.raster, opacity: 1 },
      ...(shown.overlay === undefined ? [] : [{ name: 'over', ...shown.overlay }]),
    ];
    const { matrix, scale } = showPicture(shown.picture, shown.orientation, size, look);
    for (const { name, raster, opacity } of layers) {
      const pixelsOfRaster = (scale * shown.picture.width) / raster.width;
      // FORENSIC: a pixel that is shown larger than it is stays a square of one colour; nothing is invented between two.
      context.imageSmoothingEnabled = pixelsOfRaster < 1;
      context.imageSmoothingQuality = 'medium';
      context.globalAlpha = opacity;
      context.setTransform(...matrix);
      context.drawImage(paint(painted.current, name, raster), 0, 0, shown.picture.width, shown.picture.height);
    }
    context.globalAlpha = 1;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- drawn anew for what is seen of it, not for every new object
  }, [
    shown?.raster,
    shown?.overlay?.raster,
    shown?.overlay?.opacity,
    shown?.orientation,
    shown?.picture.width,
    shown?.picture.height,
    look,
    size,
  ]);

  const pointer = useLook((state) => state.pointer);
  const linked = useLook((state) => state.linked);
  const loupe = useLook((state) => state.loupe);
  const region = useRegion((state) => state.region);
  const choosing = useRegion((state) => state.choosing);
  const [draft, setDraft] = useState<{ from: Point; to: Point } | null>(null);
  const own = pointer !== null && (linked || pointer.viewer === at) ? pointer : null;

  useLayoutEffect(() => {
    const context = over.current?.getContext('2d');
    if (context === null || context === undefined || size.width === 0) return;
    context.resetTransform();
    context.clearRect(0, 0, size.width, size.height);
    if (shown === undefined) return;
    const geometry = showPicture(shown.picture, shown.orientation, size, look);
    const drafted = draft === null ? undefined : pixelRectangle(geometry, shown.picture, draft.from, draft.to);
    drawOverlay(context, {
      ...{ geometry, size, picture: shown.picture },
      region: drafted ?? (region?.exhibit === exhibit ? region : undefined),
      pointer: own === null ? undefined : { x: own.x * shown.picture.width, y: own.y * shown.picture.height },
      cross: own !== null && own.viewer !== at,
      loupe:
        loupe && shown.raster !== undefined
          ? { source: paint(painted.current, 'base', shown.raster), orientation: shown.orientation }
          : undefined,
      colours: overlayColours(over.current),
    });
  }, [shown, look, size, own, at, loupe, region, draft, exhibit]);

  const placeOf = (event: { clientX: number; clientY: number }): Point => {
    const rect = box.current?.getBoundingClientRect();
    if (rect === undefined) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - rect.left) * size.width) / rect.width,
      y: ((event.clientY - rect.top) * size.height) / rect.height,
    };
  };

  const drag = useRef<{ last: Point; mode: 'pan' | 'region' } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (shown === undefined || event.button > 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = placeOf(event);
    drag.current = { last: place, mode: choosing && event.button === 0 ? 'region' : 'pan' };
    if (drag.current.mode === 'region') setDraft({ from: place, to: place });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (shown === undefined) return;
    const place = placeOf(event);
    const geometry = showPicture(shown.picture, shown.orientation, size, look);
    const pixel = pixelAt(geometry, shown.picture, place);
    useLook
      .getState()
      .point(
        pixel === undefined
          ? null
          : { viewer: at, x: (pixel.x + 0.5) / shown.picture.width, y: (pixel.y + 0.5) / shown.picture.height },
      );
    const held = drag.current;
    if (held === null) return;
    if (held.mode === 'region') setDraft((known) => (known === null ? known : { ...known, to: place }));
    else {
      const by = { x: place.x - held.last.x, y: place.y - held.last.y };
      useLook.getState().look(at, panBy(look, by, uprightSize(shown.picture, shown.orientation), size));
      held.last = place;
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const held = drag.current;
    drag.current = null;
    if (held?.mode !== 'region' || draft === null || shown === undefined) return;
    setDraft(null);
    const geometry = showPicture(shown.picture, shown.orientation, size, look);
    const marked = pixelRectangle(geometry, shown.picture, draft.from, placeOf(event));
    if (marked !== undefined) useRegion.getState().mark({ exhibit, ...marked });
  };

  // React listens to wheels passively; zooming must keep the page from scrolling.
  const onWheel = useCallback(
    (event: WheelEvent) => {
      if (shown === undefined) return;
      event.preventDefault();
      const rect = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const place = {
        x: ((event.clientX - rect.left) * size.width) / rect.width,
        y: ((event.clientY - rect.top) * size.height) / rect.height,
      };
      const factor = wheelStep ** -event.deltaY;
      useLook.getState().look(at, zoomAt(look, factor, place, uprightSize(shown.picture, shown.orientation), size));
    },
    [at, look, shown, size],
  );
  useEffect(() => {
    const element = box.current;
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [onWheel]);

  return (
    <div
      ref={box}
      className={`viewer-canvas${choosing ? ' viewer-canvas-choosing' : ''}`}
      role="application"
      aria-roledescription={text('window/viewers:canvas')}
      aria-label={text('window/viewers:canvasOf', { exhibit })}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => useLook.getState().point(null)}
      onDoubleClick={() => useLook.getState().look(at, fitted)}
      onKeyDown={(event) => shown !== undefined && adjustByKey(event, exhibit, shown.picture)}
    >
      <canvas ref={base} width={size.width} height={size.height} aria-hidden="true" />
      <canvas ref={over} width={size.width} height={size.height} aria-hidden="true" />
    </div>
  );
}

/** Arrows move the region while one is chosen, with Shift they resize it; Enter begins one in the middle, Escape ends it. */
function adjustByKey(event: KeyboardEvent, exhibit: string, picture: Size): void {
  const { choosing, region, mark, setChoosing } = useRegion.getState();
  if (!choosing) return;
  const own = region?.exhibit === exhibit ? region : null;
  const step = event.ctrlKey || event.metaKey ? 16 : 1;
  const along = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (event.key === 'Escape') setChoosing(false);
  else if (event.key === 'Enter' && own === null) {
    const [width, height] = [Math.ceil(picture.width / 4), Math.ceil(picture.height / 4)];
    const [x, y] = [Math.floor((picture.width - width) / 2), Math.floor((picture.height - height) / 2)];
    mark({ exhibit, x, y, width, height });
  } else if (event.key === 'Delete' && own !== null) mark(null);
  else if (along !== undefined && own !== null) {
    const [x, y] = along as [number, number];
    mark(adjustRegion(own, event.shiftKey ? { width: x, height: y } : { x, y }, picture));
  } else return;
  event.preventDefault();
}

function paint(
  painted: Map<string, { raster: Raster; canvas: OffscreenCanvas }>,
  name: string,
  raster: Raster,
): OffscreenCanvas {
  const known = painted.get(name);
  if (known?.raster === raster) return known.canvas;
  const { width, height, rgba } = raster;
  const isSameSize = known?.canvas.width === width && known.canvas.height === height;
  const canvas = known !== undefined && isSameSize ? known.canvas : new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  painted.set(name, { raster, canvas });
  return canvas;
}

/** The tokens' colours for what lies over a picture. */
function overlayColours(element: HTMLElement | null) {
  const style = getComputedStyle(element ?? document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { mark: token('--accent'), dark: token('--surround-black'), light: token('--surround-white') };
}

/** Tells the size of an element in whole device pixels, whatever the screen's scale. */
function useDeviceSize(box: React.RefObject<HTMLDivElement | null>, onSize: (size: Size) => void): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const device = entries[0]?.devicePixelContentBoxSize[0];
      if (device !== undefined) onSize({ width: device.inlineSize, height: device.blockSize });
    });
    observer.observe(element, { box: 'device-pixel-content-box' });
    return () => observer.disconnect();
  }, [box, onSize]);
}
