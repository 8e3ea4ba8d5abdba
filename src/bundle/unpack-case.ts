import { createHash } from 'node:crypto';
import { mkdir, open, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import { caseFiles } from '../case/case-layout.ts';
import { writeProblem } from '../case/file-problem.ts';
import { casePrefix } from './bag/bag-files.ts';
import { piecesOf, type ByteSource } from './byte-source.ts';
import type { BundleFile } from './verify-bundle.ts';
import { pathProblem } from './zip/entry-path.ts';

export interface UnpackOptions {
  /** For messages. */
  readonly path: string;
  /** Stage `bundle-unpacking`, in bytes. */
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Writes the case of a verified bundle into a new, empty folder, and hashes every file once more while it is written: a
 * bundle that changed after it was verified is found out.
 *
 * @throws AssayError `bundle-no-space`, `bundle-altered`, `bundle-path-unsafe`, `disk-full`, `file-not-writable`, `cancelled`
 */
export async function unpackCase(
  source: ByteSource,
  files: readonly BundleFile[],
  folder: string,
  { path, progress, signal }: UnpackOptions,
): Promise<void> {
  const wanted = files.filter((file) => file.path.startsWith(casePrefix));
  const total = wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await requireSpace(folder, total);
  for (const name of [caseFiles.exhibits, caseFiles.reports])
    await mkdir(join(folder, name)).catch((error: unknown) => Promise.reject(asError(writeProblem(folder, error))));
  let done = 0;
  for (const file of wanted) {
    const below = file.path.slice(casePrefix.length);
    const unsafe = pathProblem(below);
    // SECURITY: verification refused such a bundle; the one place that writes looks again.
    if (unsafe !== undefined) throw new AssayError('bundle-path-unsafe', { path, entry: below, reason: unsafe });
    const target = join(folder, ...below.split('/'));
    const sha256 = createHash('sha256');
    try {
      await mkdir(dirname(target), { recursive: true });
      const handle = await open(target, 'wx', 0o600);
      try {
        for await (const piece of piecesOf(source, file.start, file.sizeBytes)) {
          if (signal.aborted) throw new AssayError('cancelled', { what: 'bundle' });
          for (let written = 0; written < piece.length;)
            written += (await handle.write(piece, written, piece.length - written)).bytesWritten;
          sha256.update(piece);
          done += piece.length;
          progress({ stage: 'bundle-unpacking', subject: below, done, total, unit: 'bytes' });
        }
        // FORENSIC: an original is read-only, here as where it was taken in.
        await handle.chmod(isOriginal(below) ? 0o444 : 0o644);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw writeProblem(target, error);
    }
    if (sha256.digest('hex') !== file.sha256) throw new AssayError('bundle-altered', { path, entry: file.path });
  }
}

function isOriginal(below: string): boolean {
  return /^exhibits\/E\d+\/original\.[^/]+$/.test(below);
}

async function requireSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (needed > free) throw new AssayError('bundle-no-space', { path: folder, needed, free });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
