import { create } from 'qrcode';
import type { Box, Surface } from '../pdf/layout/surface.ts';

/** A QR code (ISO/IEC 18004, error correction M) as black squares, with the white edge that readers want. */
export function drawSquareCode(surface: Surface, content: string, { x, y, width }: Box): void {
  const { modules } = create(content, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const step = width / (modules.size + quiet * 2);
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      let end = column;
      while (end < modules.size && modules.get(row, end) === 1) end += 1;
      if (end === column) continue;
      // Neighbours in a row become one bar, so that no hairline shows between them.
      surface.fill(
        { x: x + (column + quiet) * step, y: y + (row + quiet) * step, width: (end - column) * step, height: step },
        '#000000',
      );
      column = end;
    }
}
