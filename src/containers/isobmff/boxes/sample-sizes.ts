import { readVersionAndFlags, tableBytes, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** ISO/IEC 14496-12 §8.7.3.2. A `sampleSize` other than 0 holds for all samples, and no table follows. */
const sampleSizes: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  const sampleSize = reader.u32('sampleSize');
  const count = reader.u32('sampleCount');
  if (sampleSize !== 0) {
    reader.derive('totalBytes', sampleSize * count);
    return;
  }
  const sum = new Sum();
  readTable(reader, box, { count, entryBytes: 4 }, (name) => {
    sum.add(reader.u32(name('size')));
  });
  sum.derive((name, value) => {
    reader.derive(name, value);
  });
};

/** ISO/IEC 14496-12 §8.7.3.3: sizes of 4, 8 or 16 bits. */
const compactSampleSizes: BoxDecoder = (reader, box) => {
  readVersionAndFlags(reader);
  reader.skip(3);
  const fieldOffset = reader.offsetBytes;
  const bits = reader.u8('fieldSize');
  const count = reader.u32('sampleCount');
  if (bits !== 8 && bits !== 16) {
    // Two sizes share a byte at 4 bits; that form is so rare that its bytes are left as they are.
    if (bits !== 4) box.error('value-not-allowed', fieldOffset, { field: 'fieldSize', value: bits });
    return;
  }
  const sum = new Sum();
  readTable(reader, box, { count, entryBytes: bits / 8 }, (name) => {
    sum.add(bits === 8 ? reader.u8(name('size')) : reader.u16(name('size')));
  });
  sum.derive((name, value) => {
    reader.derive(name, value);
  });
};

class Sum {
  #total = 0;
  #min = Infinity;
  #max = 0;

  add(value: number): void {
    this.#total += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  derive(put: (name: string, value: number) => void): void {
    put('totalBytes', this.#total);
    if (this.#min > this.#max) return;
    put('minSize', this.#min);
    put('maxSize', this.#max);
  }
}

export const sampleSizeBoxes: Readonly<Record<string, BoxSpec>> = {
  stsz: { decode: sampleSizes, maxBytes: tableBytes },
  stz2: { decode: compactSampleSizes, maxBytes: tableBytes },
};
