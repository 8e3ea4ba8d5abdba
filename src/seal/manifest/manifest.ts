import type { Progress } from '../../base/progress.ts';

/** One line of a manifest: a file below the folder, by its path with forward slashes. */
export interface ManifestEntry {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** What both making and checking a manifest take. */
export interface ManifestOptions {
  /** Leaves out what it says true for: a file, or a folder with all that is in it. Asked with the path below the folder. */
  readonly exclude?: (path: string) => boolean;
  readonly signal?: AbortSignal;
  /** Told after each file; `stage` is `hashing`. */
  readonly progress?: Progress;
}

/** The manifest's text is UTF-8 and sorted by these bytes, as `LC_ALL=C sort` does: UTF-16 order differs for rare letters. */
export function compareBytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
