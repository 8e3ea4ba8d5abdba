import { formatNumber } from '../../src/base/format-number.ts';
import type { Text } from '../../src/base/text.ts';

const steps = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

/** A number of bytes in three digits, for lists and speeds; where the exact number matters, `formatBytes` is used. */
export function shortBytes(text: Text, bytes: number): string {
  const [scale, unit] = steps.find(([from]) => bytes >= from) ?? [1, 'bytes'];
  const scaled = bytes / scale;
  const decimals = unit === 'bytes' || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
  return text(`units:${unit}`, { number: formatNumber(scaled, text.language, { decimals }), count: scaled });
}
