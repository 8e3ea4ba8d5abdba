import { shorten } from '../../../base/shorten.ts';
import { styled, type Inline } from '../layout/inline.ts';
import { colours, leadingOf, page, type } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';
import type { Typesetter } from '../layout/typesetter.ts';

export interface FooterTexts {
  readonly left: string;
  readonly middle: (number: number, of: number) => string;
  readonly right: string;
}

const longestReference = 60;

/** Foot of every page: case reference, page n of m, and the beginning of the hash that leads to the data. */
export function drawFooters(surface: Surface, set: Typesetter, pages: number, texts: FooterTexts): void {
  const y = page.height - page.bottom + 22;
  const leading = leadingOf(type.footer);
  const right = page.width - page.side;
  for (let i = 0; i < pages; i += 1) {
    surface.backTo(i);
    surface.ornament(() => {
      surface.rule(page.side, y - 6, right, y - 6, colours.line);
      const put = (inline: Inline, at: (width: number) => number) => {
        const line = set.line(inline, type.footer);
        surface.line(line, at(line.width), y, leading);
      };
      put(shorten(texts.left, longestReference), () => page.side);
      put(texts.middle(i + 1, pages), (width) => (page.width - width) / 2);
      put(styled(type.footerMono, texts.right), (width) => right - width);
    }, 'Pagination');
  }
}
