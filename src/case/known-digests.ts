import { stat } from 'node:fs/promises';
import { sha256OfFile } from './recorded-files.ts';

interface Known {
  readonly stamp: string;
  readonly sha256: Promise<string>;
}

/**
 * SHA-256 of files that one process has hashed already. A file is hashed again when its size, its times or its inode are
 * others than they were.
 *
 * FORENSIC: for showing only. Whoever changes a file and sets its stamp back deceives this memory until the process ends; so
 * what goes into a report or stands in for running a method again is hashed every time.
 */
export class KnownDigests {
  readonly #known = new Map<string, Known>();

  /** SHA-256 (hex) of a file. Throws AssayError `file-not-readable`, `file-not-found`. */
  readonly of = async (path: string): Promise<string> => {
    const before = await stampOf(path);
    const known = this.#known.get(path);
    if (known !== undefined && known.stamp === before) return known.sha256;
    const sha256 = sha256OfFile(path);
    if (before !== undefined) this.#known.set(path, { stamp: before, sha256 });
    try {
      // What changed while it was read is not remembered.
      const digest = await sha256;
      if ((await stampOf(path)) !== before) this.#known.delete(path);
      return digest;
    } catch (error) {
      this.#known.delete(path);
      throw error;
    }
  };

  /** Lets go what lies below a folder. */
  forget(folder: string): void {
    for (const path of [...this.#known.keys()]) if (path.startsWith(folder)) this.#known.delete(path);
  }
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, ctimeNs, ino, dev } = await stat(path, { bigint: true });
    return [size, mtimeNs, ctimeNs, ino, dev].join(' ');
  } catch {
    return undefined;
  }
}
