import { create } from 'qrcode';
import { html, type Html } from '../html/html.ts';
import type { Box, Surface } from '../pdf/layout/surface.ts';

/** White modules around the code that readers want (ISO/IEC 18004 §9.1). */
const quiet = 4;

interface Bar {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** A QR code (ISO/IEC 18004, error correction M): neighbours in a row are one bar, so that no hairline shows between them. */
function squareCode(content: string): { readonly size: number; readonly bars: readonly Bar[] } {
  const { modules } = create(content, { errorCorrectionLevel: 'M' });
  const bars: Bar[] = [];
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      const from = column;
      while (column < modules.size && modules.get(row, column) === 1) column += 1;
      if (column > from) bars.push({ row: row + quiet, from: from + quiet, to: column + quiet });
    }
  return { size: modules.size + quiet * 2, bars };
}

/** The code as black bars on a page. */
export function drawSquareCode(surface: Surface, content: string, { x, y, width }: Box): void {
  const { size, bars } = squareCode(content);
  const step = width / size;
  for (const { row, from, to } of bars)
    surface.fill({ x: x + from * step, y: y + row * step, width: (to - from) * step, height: step }, '#000000');
}

/** The code as an SVG: black on white whatever the page's colours are. */
export function squareCodeSvg(content: string): Html {
  const { size, bars } = squareCode(content);
  const path = bars.map(({ row, from, to }) => `M${from} ${row}h${to - from}v1h${from - to}z`).join('');
  return html`<svg viewBox="0 0 ${size} ${size}" width="160" height="160" role="img" aria-label="${content}">
    <rect width="${size}" height="${size}" fill="#ffffff" />
    <path fill="#000000" d="${path}" />
  </svg>`;
}
