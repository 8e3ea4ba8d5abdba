import type { FieldReader } from './field-reader.ts';
import { firstText } from './first-text.ts';

/** Bytes of free space that are looked at; enough for the notes that writers and cameras leave there. */
export const examinedFreeBytes = 64 * 1024;

/**
 * Says what is in space that a format calls free. FORENSIC: it need not be empty. Whether it is all zero is said, and the
 * first readable text in it: encoders sign there, editors leave the remains of what was deleted.
 */
export function readFreeSpace(reader: FieldReader, contentBytes: number): void {
  const bytes = reader.take(reader.remaining);
  let nonZero = 0;
  for (const byte of bytes) if (byte !== 0) nonZero++;
  reader.derive('contentBytes', contentBytes);
  reader.derive('examinedBytes', bytes.length);
  reader.derive('nonZeroBytes', nonZero);
  const run = nonZero === 0 ? undefined : firstText(bytes);
  if (run === undefined) return;
  reader.derive('text', run.text, { offsetBytes: reader.baseOffsetBytes + run.start, lengthBytes: run.text.length });
}
