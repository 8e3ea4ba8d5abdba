import { visibleText } from '../../base/visible-text.ts';

/** Markup that was made by {@link html}: the only thing that is put into a page unescaped. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/**
 * Markup from a template. SECURITY: every string in it is text of a stranger until shown otherwise, so all of them are escaped
 * here, in element content and in (quoted) attributes alike; there is no other way into a page. Characters that cannot be seen or that
 * reorder text are written out.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let source = strings[0] ?? '';
  values.forEach((value, i) => {
    source += sourceOf(value) + (strings[i + 1] ?? '');
  });
  return new Html(source);
}

function sourceOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? escapeHtml(value) : value.map(sourceOf).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A CSS string, quotes included. SECURITY: all but letters and digits become hex escapes, so nothing can end the string or the
 * sheet (a blank too: after an escape it would be swallowed). */
export function cssString(text: string): string {
  const escaped = visibleText(text).replace(
    /[^A-Za-z0-9]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0xfffd).toString(16).padStart(6, '0')}`,
  );
  return `"${escaped}"`;
}
