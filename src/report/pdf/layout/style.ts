/** The three faces that a PDF embeds; `mono` also stands in for signs that the others lack. */
export type Face = 'sans' | 'bold' | 'mono';

/** How a stretch of text looks; sizes in points. */
export interface Style {
  readonly face: Face;
  readonly size: number;
  readonly colour: string;
}

export const colours = {
  text: '#1a1a1a',
  muted: '#4d4d4d',
  line: '#cccccc',
  grid: '#e2e2e2',
  raised: '#f2f2f2',
  plot: ['#0b4f9e', '#b53a12', '#1b6e4f', '#7d6608', '#6a3d9a', '#4d4d4d'],
  area: '#9dbde0',
  inconsistent: '#b53a12',
  consistent: '#1b6e4f',
  inconclusive: '#7d6608',
  abstained: '#666666',
  information: '#1a1a1a',
} as const;

const style = (face: Face, size: number, colour: string = colours.text): Style => ({ face, size, colour });

/** The type of a report: 9.5 points on 13, tables and captions smaller, numbers that are copied in mono. */
export const type = {
  h1: style('bold', 18),
  h2: style('bold', 13),
  h3: style('bold', 10.5),
  h4: style('bold', 9.5),
  body: style('sans', 9.5),
  bodyBold: style('bold', 9.5),
  bodyMuted: style('sans', 9.5, colours.muted),
  bodyMono: style('mono', 8.5),
  small: style('sans', 8.5),
  smallBold: style('bold', 8.5),
  smallMuted: style('sans', 8.5, colours.muted),
  smallMono: style('mono', 7.8),
  caption: style('sans', 7.8, colours.muted),
  captionBold: style('bold', 7.8),
  captionMono: style('mono', 7, colours.muted),
  footer: style('sans', 7.5, colours.muted),
  footerMono: style('mono', 7, colours.muted),
} as const;

/** Distance between lines for a size of type. */
export function leadingOf({ size }: Style): number {
  return Math.round((size * 1.32 + 0.5) * 2) / 2;
}

/** A4 in points, and the margins of a report: 20 mm above and below, 18 mm at the sides. */
export const page = { width: 595.28, height: 841.89, top: 56.7, bottom: 62, side: 51 } as const;
