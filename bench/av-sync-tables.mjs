// What the parts of the benchmark of av-sync share: numbers as text, tables, and files of a folder.
import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export const films = new Set(['.mp4', '.mov', '.avi', '.mkv', '.mts', '.webm']);
export const sounds = new Set(['.mp3', '.flac', '.wav']);

export function walk(folder, kinds) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kinds.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

export const optionOf = (options, name) => {
  const at = options.indexOf(`--${name}`);
  return at === -1 ? undefined : options[at + 1];
};
export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
};
export const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
export const area = (yes, no) => {
  let sum = 0;
  for (const a of yes) for (const b of no) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / Math.max(1, yes.length * no.length);
};
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
