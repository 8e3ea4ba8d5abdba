import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { silent, type Progress } from '../base/progress.ts';
import { syncFolder, unfinishedName } from '../case/durable-file.ts';
import { writeProblem } from '../case/file-problem.ts';
import { encryptFor } from './age/encrypt-for.ts';
import { writeZip, zipSize, type EntryToWrite } from './zip/write-zip.ts';

export interface WrittenFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the file as it lies there. */
  readonly sha256: string;
  /** SHA-256 of the archive: the same as {@link sha256} unless it is encrypted. */
  readonly bundleSha256: string;
  readonly bundleBytes: number;
}

/**
 * Writes the archive to a new file, encrypted where there are recipients. In pieces; under an unfinished name until it is
 * whole and on the disk.
 *
 * @param recipients age recipients (`age1…`); none: not encrypted
 * @throws AssayError `bundle-exists`, `changed-while-copying`, `disk-full`, `file-not-writable`, `cancelled`
 */
export async function writeBundle(
  out: string,
  entries: readonly EntryToWrite[],
  recipients: readonly string[],
  { progress = silent, signal }: { readonly progress?: Progress; readonly signal: AbortSignal },
): Promise<WrittenFile> {
  const path = resolve(out);
  const unfinished = join(dirname(path), unfinishedName(basename(path)));
  const total = zipSize(entries);
  const inner = createHash('sha256');
  const outer = createHash('sha256');
  let sizeBytes = 0;
  let handle: FileHandle | undefined;
  try {
    await rm(unfinished, { force: true });
    handle = await open(unfinished, 'wx', 0o600);
    const archive = counted(writeZip(entries), inner, (done) =>
      progress({ stage: 'bundle-writing', subject: basename(path), done, total, unit: 'bytes' }),
    );
    for await (const piece of recipients.length === 0 ? archive : encryptFor(recipients, archive)) {
      if (signal.aborted) throw new AssayError('cancelled', { what: 'bundle' });
      for (let done = 0; done < piece.length;)
        done += (await handle.write(piece, done, piece.length - done)).bytesWritten;
      if (recipients.length > 0) outer.update(piece);
      sizeBytes += piece.length;
    }
    await handle.chmod(0o644);
    await handle.sync();
    await handle.close();
    handle = undefined;
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await handle?.close();
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw writeProblem(path, error);
  }
  const bundleSha256 = inner.digest('hex');
  return {
    path,
    sizeBytes,
    sha256: recipients.length === 0 ? bundleSha256 : outer.digest('hex'),
    bundleSha256,
    bundleBytes: total,
  };
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  hash: Hash,
  report: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    done += piece.length;
    report(done);
    yield piece;
  }
}
