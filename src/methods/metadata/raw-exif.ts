import type { TiffEntry } from '../../containers/tiff/walk-tiff.ts';
import { cutText, hexText } from './metadata-entry.ts';

/** A value in plain characters, as stored. */
export function rawExif(entry: TiffEntry): string {
  const { value } = entry;
  switch (value.kind) {
    case 'text':
      return cutText(value.text);
    case 'numbers':
      return cutText(value.numbers.slice(0, 512).map(shortNumber).join(' '));
    case 'rationals':
      return cutText(
        value.rationals
          .slice(0, 256)
          .map(([n, d]) => `${String(n)}/${String(d)}`)
          .join(' '),
      );
    case 'bytes':
      return hexText(value.bytes, entry.valueBytes);
  }
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
}
