/** Languages of Assay that write a decimal point; the others (ru, kk, ky, tg, uz) write a comma. */
const pointLanguages = new Set(['en']);

const thinSpace = '\u202f';
const minus = '\u2212';

export interface NumberFormat {
  /** Digits after the separator, always shown. Without it as many as needed, at most three. */
  readonly decimals?: number;
  /** Writes a plus before a positive number. */
  readonly signed?: boolean;
}

/**
 * A number as a report writes it: digits in groups of three from five on (ISO 80000-1), a true minus, and powers of ten
 * where three decimals would hide it. Own code and not Intl: the same bytes on every machine and in every version of Node.
 */
export function formatNumber(value: number, language: string, format: NumberFormat = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : `${minus}∞`;
  const size = Math.abs(value);
  const body =
    size >= 1e15 || (size > 0 && size < 0.001 && format.decimals === undefined)
      ? scientific(size)
      : fixed(size, format);
  const shown = body.replace('.', separatorOf(language));
  // What rounds to nothing carries no sign.
  if (!/[1-9]/.test(body)) return shown;
  return value < 0 ? minus + shown : format.signed === true ? `+${shown}` : shown;
}

function separatorOf(language: string): string {
  return pointLanguages.has(language.split('-')[0] ?? '') ? '.' : ',';
}

function fixed(size: number, { decimals }: NumberFormat): string {
  const digits = size.toFixed(decimals ?? 3);
  const [whole = '0', fraction = ''] = digits.split('.');
  const kept = decimals === undefined ? fraction.replace(/0+$/, '') : fraction;
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(?:\d{3})+$)/g, thinSpace) : whole;
  return kept === '' ? grouped : `${grouped}.${kept}`;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function scientific(size: number): string {
  const [mantissa = '0', exponent = '0'] = size.toExponential(2).split('e');
  const power = Array.from(exponent.replace('+', ''), (c) => (c === '-' ? '⁻' : superscripts.charAt(Number(c)))).join(
    '',
  );
  return `${mantissa.replace(/\.?0+$/, '')}${thinSpace}×${thinSpace}10${power}`;
}
