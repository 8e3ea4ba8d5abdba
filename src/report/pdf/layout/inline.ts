import { visibleLines, visibleText } from '../../../base/visible-text.ts';
import { type, type Style } from './style.ts';

/** A stretch of text in one style. A line feed in it is a line's end. */
export interface Run {
  readonly text: string;
  readonly style: Style;
}

export type Inline = string | Run | undefined | readonly Inline[];

/** Text in a style. SECURITY: {@link runsOf} alone lets text through to a page, with what cannot be seen written out. */
export function styled(style: Style, text: string): Run {
  return { text, style };
}

export const bold = (text: string): Run => styled(type.bodyBold, text);
export const muted = (text: string): Run => styled(type.bodyMuted, text);
export const mono = (text: string): Run => styled(type.bodyMono, text);

/** A line's end between two pieces of inline text. */
export const lineEnd = '\n';

/** What a person wrote, with its line breaks. */
export function written(text: string): string {
  return visibleLines(text).join('\n');
}

/**
 * Inline text as a flat list of runs. SECURITY: every string is text of a stranger until shown otherwise: characters that
 * cannot be seen or that reorder text are written out here, line feeds alone are kept.
 */
export function runsOf(inline: Inline, style: Style): Run[] {
  if (inline === undefined) return [];
  if (typeof inline === 'string') return inline === '' ? [] : [{ text: visibleKeepingLines(inline), style }];
  if (Array.isArray(inline)) return (inline as readonly Inline[]).flatMap((part) => runsOf(part, style));
  const run = inline as Run;
  return run.text === '' ? [] : [{ text: visibleKeepingLines(run.text), style: run.style }];
}

function visibleKeepingLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}
