import type { Run } from './inline.ts';
import type { Style } from './style.ts';

/** Width in points of a text in a style. */
export type Measure = (text: string, style: Style) => number;

export interface Segment {
  readonly text: string;
  readonly style: Style;
  /** Distance from the line's start. */
  readonly x: number;
  readonly width: number;
}

export interface Line {
  readonly segments: readonly Segment[];
  readonly width: number;
}

interface Word {
  readonly parts: readonly Run[];
  readonly width: number;
  /** The blanks before it as they were written; undefined where there are none. */
  readonly blank?: Run;
  /** True when a line ended before it. */
  readonly breakBefore: boolean;
}

/**
 * Breaks runs into lines of at most `width`. Lines end at blanks and line feeds; a word that is wider than a whole line (a hash, a
 * path) is broken without a hyphen, so that what is copied from the page is what was written.
 */
export function wrapLines(runs: readonly Run[], width: number, measure: Measure): Line[] {
  const whole = onOneLine(runs, width, measure);
  if (whole !== undefined) return [whole];
  const lines: Line[] = [];
  let line: Word[] = [];
  let used = 0;
  const finish = (): void => {
    lines.push(lineOf(line, measure));
    line = [];
    used = 0;
  };
  const words = wordsOf(runs, measure);
  for (const [i, word] of words.entries()) {
    if (word.breakBefore && i > 0) finish();
    const blank = line.length > 0 && word.blank !== undefined ? measure(word.blank.text, word.blank.style) : 0;
    if (used + blank + word.width <= width + 0.01) {
      line.push(word);
      used += blank + word.width;
      continue;
    }
    if (line.length > 0) finish();
    if (word.width <= width + 0.01) {
      line.push(word);
      used = word.width;
      continue;
    }
    const pieces = breakWord(word, width, measure);
    for (const [at, piece] of pieces.entries()) {
      line.push(piece);
      used = piece.width;
      if (at < pieces.length - 1) finish();
    }
  }
  if (line.length > 0 || lines.length === 0) finish();
  return lines;
}

/** Most texts of a report fit on one line, and need not be taken apart to see it. */
function onOneLine(runs: readonly Run[], width: number, measure: Measure): Line | undefined {
  if (runs.length === 0 || runs[0]?.text.startsWith(' ') === true || runs.some(({ text }) => text.includes('\n')))
    return undefined;
  const segments: Segment[] = [];
  let x = 0;
  for (const { text, style } of runs) {
    const own = measure(text, style);
    if (x + own > width + 0.01) return undefined;
    const last = segments.at(-1);
    if (last?.style === style)
      segments[segments.length - 1] = { ...last, text: last.text + text, width: last.width + own };
    else segments.push({ text, style, x, width: own });
    x += own;
  }
  return { segments, width: x };
}

function wordsOf(runs: readonly Run[], measure: Measure): Word[] {
  const words: Word[] = [];
  let parts: Run[] = [];
  let blank: Run | undefined;
  let breakBefore = false;
  const finish = (): void => {
    if (parts.length > 0 || breakBefore)
      words.push({ parts, width: widthOf(parts, measure), breakBefore, ...(blank === undefined ? {} : { blank }) });
    parts = [];
    blank = undefined;
    breakBefore = false;
  };
  for (const { text, style } of runs)
    for (const token of text.split(/( +|\n)/)) {
      if (token === '') continue;
      if (token === '\n') {
        finish();
        breakBefore = true;
      } else if (token.startsWith(' ')) {
        if (parts.length > 0) finish();
        blank = { text: token, style };
      } else parts.push({ text: token, style });
    }
  finish();
  return words;
}

function widthOf(parts: readonly Run[], measure: Measure): number {
  return parts.reduce((sum, { text, style }) => sum + measure(text, style), 0);
}

/** Signs after which a long word is rather broken than in the middle of something. */
const goodEnds = new Set('/\\_-.,;:=&?)›'.split(''));

function breakWord(word: Word, width: number, measure: Measure): Word[] {
  const pieces: Word[] = [];
  let parts: Run[] = [];
  let used = 0;
  const finish = (): void => {
    const first = pieces.length === 0;
    pieces.push({
      parts,
      width: used,
      breakBefore: first && word.breakBefore,
      ...(first && word.blank !== undefined ? { blank: word.blank } : {}),
    });
    parts = [];
    used = 0;
  };
  for (const { text, style } of word.parts) {
    let rest = Array.from(text);
    while (rest.length > 0) {
      const fitting = fittingCount(rest, style, width - used, measure);
      if (fitting === 0 && used > 0) {
        finish();
        continue;
      }
      const count = fitting >= rest.length ? rest.length : betterEnd(rest, Math.max(1, fitting));
      const piece = rest.slice(0, count).join('');
      parts.push({ text: piece, style });
      used += measure(piece, style);
      rest = rest.slice(count);
      if (rest.length > 0) finish();
    }
  }
  if (parts.length > 0) finish();
  return pieces;
}

function fittingCount(letters: readonly string[], style: Style, width: number, measure: Measure): number {
  let used = 0;
  for (const [i, letter] of letters.entries()) {
    used += measure(letter, style);
    if (used > width + 0.01) return i;
  }
  return letters.length;
}

/** A good place to break within the last third of what fits; never between a letter and its combining marks. */
function betterEnd(letters: readonly string[], fitting: number): number {
  for (let at = fitting; at > fitting * 0.67; at -= 1) if (goodEnds.has(letters[at - 1] ?? '')) return at;
  let at = fitting;
  while (at > 1 && /^\p{M}/u.test(letters[at] ?? '')) at -= 1;
  return at;
}

/** Words of one style and the blanks between them become one segment: fewer things to draw, and whole words to search for. */
function lineOf(words: readonly Word[], measure: Measure): Line {
  const segments: { text: string; style: Style; x: number; width: number }[] = [];
  let x = 0;
  const add = (text: string, style: Style): void => {
    const width = measure(text, style);
    const last = segments.at(-1);
    if (last?.style === style) {
      last.text += text;
      last.width += width;
    } else segments.push({ text, style, x, width });
    x += width;
  };
  for (const [i, { parts, blank }] of words.entries()) {
    if (i > 0 && blank !== undefined) add(blank.text, segments.at(-1)?.style ?? blank.style);
    for (const { text, style } of parts) add(text, style);
  }
  return { segments, width: x };
}
