import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { AssayError } from '../../base/errors.ts';
import { systemCode } from '../file-problem.ts';
import { shownPath } from './case-path.ts';

/** An original, opened once for reading. */
export interface Original {
  readonly handle: FileHandle;
  /** As it was when it was opened; its times are those before we read it. */
  readonly stats: BigIntStats;
  /** Throws `changed-while-copying` unless it is still what it was when it was opened. */
  assertUnchanged(): Promise<void>;
}

/**
 * Opens an original so that nothing happens to it and nothing can hold us up.
 *
 * FORENSIC: read only; without touching its access time where the system lets us (O_NOATIME: the file's owner or root).
 * SECURITY: no link in the last component is followed (O_NOFOLLOW) and a pipe put there since the walk does not block
 * (O_NONBLOCK); what was opened must be the very file that was looked at.
 *
 * @throws AssayError `changed-while-copying`, or the system's error
 */
export async function openOriginal(path: Buffer): Promise<Original> {
  const before = await lstat(path, { bigint: true });
  if (!before.isFile()) throw new AssayError('changed-while-copying', { path: shownPath(path) });
  const handle = await openQuietly(path);
  const changed = () => new AssayError('changed-while-copying', { path: shownPath(path) });
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile() || stats.ino !== before.ino || stats.dev !== before.dev) throw changed();
    return {
      handle,
      stats: before,
      async assertUnchanged() {
        const now = await handle.stat({ bigint: true });
        // The time of the last change of status too: a program can set back the other one, but not this.
        if (now.size !== before.size || now.mtimeNs !== before.mtimeNs || now.ctimeNs !== before.ctimeNs)
          throw changed();
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openQuietly(path: Buffer): Promise<FileHandle> {
  // Constants that a platform lacks are undefined there and count as nothing.
  const known = constants as Readonly<Record<string, number | undefined>>;
  const flags = constants.O_RDONLY | (known['O_NOFOLLOW'] ?? 0) | (known['O_NONBLOCK'] ?? 0);
  const noAccessTime = known['O_NOATIME'] ?? 0;
  try {
    return await open(path, flags | noAccessTime);
  } catch (error) {
    if (noAccessTime === 0 || systemCode(error) !== 'EPERM') throw error;
    return await open(path, flags);
  }
}
