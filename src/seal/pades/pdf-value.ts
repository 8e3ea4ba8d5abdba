/** Thrown for bytes that are no PDF as far as a signature needs it to be one. */
export class MalformedPdf extends Error {
  override readonly name = 'MalformedPdf';
}

/** A value of a PDF (ISO 32000-1 §7.3): names with their slash, references as `12 0 R`, everything else by its kind. */
export type PdfValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'hex'; readonly start: number; readonly end: number }
  | { readonly kind: 'array'; readonly values: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, PdfValue> };

/** Deeper than anything that stands in a signature's object or a trailer. */
const deepest = 32;
/** SECURITY: values of one object that are read before it is given up. */
const mostValues = 100_000;

/** Reads one value at an offset; where it ends is {@link offset}. Strings stay as they are written. */
export class PdfReader {
  readonly #bytes: Uint8Array;
  #left = mostValues;
  offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  /** @throws MalformedPdf */
  value(depth = 0): PdfValue {
    this.#left -= 1;
    if (depth > deepest || this.#left < 0) throw new MalformedPdf('nested too deep or too long');
    this.skipBlank();
    const first = this.#char(0);
    if (first === '/') return this.#name();
    if (first === '(') return this.#string();
    if (first === '[') return this.#array(depth);
    if (first === '<') return this.#char(1) === '<' ? this.#dictionary(depth) : this.#hex();
    return this.#word();
  }

  skipBlank(): void {
    for (;;) {
      const char = this.#char(0);
      if (char === '%') while (this.offset < this.#bytes.length && !'\r\n'.includes(this.#char(0))) this.offset += 1;
      else if (isBlank(char)) this.offset += 1;
      else return;
    }
  }

  /** The next word, such as `obj`, `xref` or a number. */
  word(): string {
    this.skipBlank();
    const start = this.offset;
    while (this.offset < this.#bytes.length && !isBlank(this.#char(0)) && !'()<>[]{}/%'.includes(this.#char(0)))
      this.offset += 1;
    return this.#text(start, this.offset);
  }

  #char(ahead: number): string {
    const byte = this.#bytes[this.offset + ahead];
    return byte === undefined ? '' : String.fromCharCode(byte);
  }

  #text(start: number, end: number): string {
    return Buffer.from(this.#bytes.subarray(start, end)).toString('latin1');
  }

  #name(): PdfValue {
    this.offset += 1;
    return { kind: 'name', value: `/${this.word()}` };
  }

  #word(): PdfValue {
    const word = this.word();
    if (word === '') throw new MalformedPdf(`no value at byte ${this.offset}`);
    return /^[+-]?\d*\.?\d+$/.test(word) ? { kind: 'number', value: Number(word) } : { kind: 'word', value: word };
  }

  /** §7.3.4.2: parentheses are balanced or escaped. */
  #string(): PdfValue {
    const start = this.offset;
    let open = 0;
    do {
      const char = this.#char(0);
      if (char === '') throw new MalformedPdf('string without an end');
      if (char === '\\') this.offset += 1;
      else if (char === '(') open += 1;
      else if (char === ')') open -= 1;
      this.offset += 1;
    } while (open > 0);
    return { kind: 'string', value: this.#text(start + 1, this.offset - 1) };
  }

  #hex(): PdfValue {
    const start = this.offset;
    const end = this.#bytes.indexOf(0x3e, start);
    if (end < 0) throw new MalformedPdf('hexadecimal string without an end');
    this.offset = end + 1;
    return { kind: 'hex', start, end: end + 1 };
  }

  #array(depth: number): PdfValue {
    this.offset += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipBlank();
      if (this.#char(0) === ']') break;
      values.push(this.value(depth + 1));
    }
    this.offset += 1;
    return { kind: 'array', values };
  }

  #dictionary(depth: number): PdfValue {
    this.offset += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipBlank();
      if (this.#char(0) === '>' && this.#char(1) === '>') break;
      const key = this.value(depth + 1);
      if (key.kind !== 'name') throw new MalformedPdf(`no name at byte ${this.offset}`);
      if (entries.has(key.value)) throw new MalformedPdf(`${key.value} stands twice`);
      entries.set(key.value, this.#withReference(depth));
    }
    this.offset += 2;
    return { kind: 'dictionary', entries };
  }

  /** A value, or the three words of a reference. */
  #withReference(depth: number): PdfValue {
    const value = this.value(depth + 1);
    if (value.kind !== 'number') return value;
    const after = this.offset;
    const generation = this.word();
    if (/^\d+$/.test(generation) && this.word() === 'R')
      return { kind: 'word', value: `${value.value} ${generation} R` };
    this.offset = after;
    return value;
  }
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\f' || char === '\0';
}
