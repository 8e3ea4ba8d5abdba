import { compareRows, type ComparedRows, type RowPair } from './compare-rows.ts';
import { overlayRows } from './overlay-rows.ts';

export interface ExamineRows extends RowPair {
  /** Factor by which the overlay shows the levels. */
  readonly scale: number;
  /** Side of the square of pixels that becomes one pixel of the overlay. */
  readonly reduce: number;
}

export interface ExaminedRows extends ComparedRows {
  readonly overlay: Uint8Array;
}

/** Kernel: everything that is worked out from one strip, while it lies in this thread. */
export function examineRows(input: ExamineRows): ExaminedRows {
  const compared = compareRows(input);
  return { ...compared, overlay: overlayRows(input, compared.map) };
}
