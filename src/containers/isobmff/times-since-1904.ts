import type { FieldReader } from '../field-reader.ts';

const secondsFrom1904To1970 = 2_082_844_800;
const lastSecondOf9999 = 253_402_300_799;

/** Seconds since 1904-01-01T00:00:00Z (ISO/IEC 14496-12 §8.2.2) as UTC; null for 0, "not set", and years beyond 9999. */
export function utcFrom1904(seconds: number): string | null {
  const unix = seconds - secondsFrom1904To1970;
  if (seconds === 0 || unix > lastSecondOf9999) return null;
  return new Date(unix * 1000).toISOString().replace('.000Z', 'Z');
}

/**
 * Reads a 32-bit or (version 1) 64-bit time: `<name>` as UTC, `<name>Raw` as stored.
 * FORENSIC: the standard says UTC, some cameras write local time; the value alone cannot tell which.
 */
export function readTime(reader: FieldReader, name: string, version: number): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: version === 1 ? 8 : 4 };
  const seconds = version === 1 ? reader.u64(`${name}Raw`) : reader.u32(`${name}Raw`);
  reader.derive(name, utcFrom1904(seconds), place);
}

/** A 32-bit or (version 1) 64-bit duration; all ones means unknown and becomes null. */
export function readDuration(reader: FieldReader, name: string, version: number): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: version === 1 ? 8 : 4 };
  const ticks = version === 1 ? reader.u64() : reader.u32();
  const unknown = version === 1 ? ticks >= 2 ** 64 : ticks === 0xffff_ffff;
  reader.derive(name, unknown ? null : Number.isSafeInteger(ticks) ? ticks : String(BigInt(ticks)), place);
}
