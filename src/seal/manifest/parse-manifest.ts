import { parseManifestLine } from './manifest-line.ts';
import { isPathBelow } from './manifest-path.ts';
import type { ManifestEntry } from './manifest.ts';

/** What is wrong with a line, as a locale key under `seal:reasons`. */
export type ManifestProblemReason = 'line-unreadable' | 'path-outside' | 'path-twice' | 'end-missing';

export interface ManifestProblem {
  /** From 1. */
  readonly line: number;
  readonly reason: ManifestProblemReason;
}

export interface ParsedManifest {
  /** Entries that can be believed to mean what they say, in the order of the text. */
  readonly entries: readonly ManifestEntry[];
  readonly problems: readonly ManifestProblem[];
}

/**
 * Reads a manifest in `sha256sum` format. Never throws: what cannot be read is listed as a problem with its line.
 * A path outside the folder, or one listed twice, is a problem and no entry.
 */
export function parseManifest(text: string): ParsedManifest {
  const entries: ManifestEntry[] = [];
  const problems: ManifestProblem[] = [];
  const seen = new Set<string>();
  const lines = text.split('\n');
  // A last line without newline was cut off: a shorter name may lie where a longer one was meant.
  if (lines.pop() !== '') problems.push({ line: lines.length + 1, reason: 'end-missing' });
  for (const [index, line] of lines.entries()) {
    const entry = parseManifestLine(line);
    const reason = problemOf(entry, seen);
    if (reason !== undefined) problems.push({ line: index + 1, reason });
    else entries.push(entry!);
    if (entry) seen.add(entry.path);
  }
  return { entries, problems };
}

function problemOf(entry: ManifestEntry | undefined, seen: ReadonlySet<string>): ManifestProblemReason | undefined {
  if (entry === undefined) return 'line-unreadable';
  if (!isPathBelow(entry.path)) return 'path-outside';
  return seen.has(entry.path) ? 'path-twice' : undefined;
}
