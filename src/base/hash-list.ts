import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

/** First line of a hash list: what it is, who says so, and when. */
export const HashListHead = z.strictObject({
  schema: z.literal('assay.hash-list/1'),
  name: z.string().min(1).max(200),
  /** Where the hashes come from, in the words of whoever made the list. */
  source: z.string().min(1).max(1000),
  /** Day on which they were gathered. */
  date: z.iso.date(),
  entries: z.number().int().nonnegative(),
});
export type HashListHead = z.infer<typeof HashListHead>;

/** One known file. Lists of old name files by their MD5 only. */
export interface HashListEntry {
  /** SHA-256 (64 digits) or MD5 (32 digits), lower-case hex. */
  readonly hash: string;
  /** What the list calls it; may be empty. */
  readonly label: string;
}

const lineForm = /^([0-9a-f]{64}|[0-9a-f]{32}) {2}(.*)$/;
const newline = 0x0a;

/**
 * A hash list as text: the head as one line of canonical JSON, then a line an entry as `sha256sum` prints it, sorted, each
 * hash with each label once. The same entries give the same bytes, so the list's own SHA-256 names it.
 */
export function hashListText(head: Omit<HashListHead, 'schema' | 'entries'>, entries: Iterable<HashListEntry>): string {
  const lines = [...new Set(Array.from(entries, ({ hash, label }) => `${hash}  ${oneLine(label)}`))].sort();
  const { name, source, date } = head;
  const first = canonicalJson({ schema: 'assay.hash-list/1', name, source, date, entries: lines.length });
  return `${[first, ...lines].join('\n')}\n`;
}

/** The head of a list's bytes; undefined where they are no list. */
export function readHashListHead(bytes: Uint8Array): HashListHead | undefined {
  const end = bytes.subarray(0, 8192).indexOf(newline);
  if (end === -1) return undefined;
  try {
    const text = new TextDecoder().decode(bytes.subarray(0, end));
    const head = HashListHead.parse(JSON.parse(text));
    return canonicalJson(head) === text ? head : undefined;
  } catch {
    return undefined;
  }
}

/** Every entry of a list's bytes; undefined where a line is none, lines are out of order, or the head counts others. */
export function readHashListEntries(bytes: Uint8Array): HashListEntry[] | undefined {
  const head = readHashListHead(bytes);
  const lines = new TextDecoder('utf-8', { fatal: false }).decode(bytes).split('\n');
  if (head === undefined || lines.pop() !== '' || lines.length - 1 !== head.entries) return undefined;
  const entries: HashListEntry[] = [];
  let before = '';
  for (const line of lines.slice(1)) {
    const [, hash, label] = lineForm.exec(line) ?? [];
    if (hash === undefined || label === undefined || line <= before) return undefined;
    before = line;
    entries.push({ hash, label });
  }
  return entries;
}

/** Labels under which a list knows a hash; empty where it does not. Searches the bytes: a list of a million is not taken apart. */
export function labelsOf(bytes: Uint8Array, hash: string): string[] {
  const wanted = new TextEncoder().encode(`\n${hash}  `);
  const labels: string[] = [];
  for (let at = find(bytes, wanted, 0); at !== -1; at = find(bytes, wanted, at + 1)) {
    const end = bytes.indexOf(newline, at + wanted.length);
    labels.push(new TextDecoder().decode(bytes.subarray(at + wanted.length, end === -1 ? bytes.length : end)));
  }
  return labels;
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same += 1;
    if (same === wanted.length) return at;
  }
  return -1;
}

/** A label is one line of plain text. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
  return Array.from(plain).slice(0, 500).join('').trim();
}
