import type { FrameSlot } from './frame-slot.ts';
import { pictureBytes } from './picture/layer.ts';
import type { Presenter } from './picture/presenter.ts';

/** Frames to edit, as yuv420p bytes. Each answer is valid until the next question. */
export interface PictureSource {
  readonly width: number;
  readonly height: number;
  /** Pixels of a source frame. Clips answer in rising order fastest. */
  frame(index: number, withFace: boolean): Promise<Uint8Array> | Uint8Array;
  /** Pixels of another seed's presenter at an instant of their clock. */
  foreign(seed: number, ms: number): Uint8Array;
  close(): Promise<void>;
}

/** Draws source frames: frame n shows the scene at `timesMs[n]`. */
export function drawnPictures(
  size: { readonly width: number; readonly height: number },
  presenter: Presenter,
  timesMs: readonly number[],
  foreign: PictureSource['foreign'],
): PictureSource {
  return {
    ...size,
    frame: (index, withFace) => presenter.draw(timesMs[index] ?? 0, index, withFace).data,
    foreign,
    close: () => Promise.resolve(),
  };
}

/** Lays a region of one yuv420p picture over another; `feather` pixels of its edge are a ramp. */
function pasteInto(
  target: Uint8Array,
  source: Uint8Array,
  width: number,
  height: number,
  paste: FrameSlot['pastes'][number],
): void {
  const { region, toX, toY, feather } = paste;
  const planes = [
    { offset: 0, step: 1 },
    { offset: width * height, step: 2 },
    { offset: (width * height * 5) / 4, step: 2 },
  ];
  for (const { offset, step } of planes) {
    const stride = width / step;
    const down = (value: number): number => Math.floor(value / step);
    const w = down(region.width);
    const h = down(region.height);
    for (let y = 0; y < h; y++) {
      const from = offset + (down(region.y) + y) * stride + down(region.x);
      const to = offset + (down(toY) + y) * stride + down(toX);
      if (feather === 0) {
        target.set(source.subarray(from, from + w), to);
        continue;
      }
      for (let x = 0; x < w; x++) {
        const edge = Math.min(x, y, w - 1 - x, h - 1 - y) * step + 1;
        const share = Math.min(256, Math.floor((256 * edge) / (feather + 1)));
        const mixed = (target[to + x] as number) * (256 - share) + (source[from + x] as number) * share;
        target[to + x] = (mixed + 128) >> 8;
      }
    }
  }
}

/** Draws one slot of a clip into bytes of the caller's own. */
export async function renderSlot(source: PictureSource, slot: FrameSlot, into: Uint8Array): Promise<void> {
  const { width, height } = source;
  const luma = width * height;
  switch (slot.origin.from) {
    case 'black':
      into.fill(16, 0, luma);
      into.fill(128, luma);
      break;
    case 'presenter':
      into.set(source.foreign(slot.origin.seed, slot.origin.ms));
      break;
    case 'source':
      into.set(await source.frame(slot.origin.index, slot.face));
      break;
  }
  for (const paste of slot.pastes) {
    const pixels = await source.frame(paste.sourceIndex, true);
    pasteInto(into, pixels, width, height, paste);
  }
}

export function frameBytes(source: { readonly width: number; readonly height: number }): number {
  return pictureBytes(source.width, source.height);
}
