import type { Check } from '../base/check.ts';
import { isAssayError } from '../base/errors.ts';
import { silent, type Progress } from '../base/progress.ts';
import type { TrustOptions } from '../seal/signature/signature.ts';
import { entryOrder } from './bag/bag-files.ts';
import { measureSpan, type Measured } from './bag/measure-file.ts';
import { bundleCheck } from './bundle-check.ts';
import type { ByteSource } from './byte-source.ts';
import { checkBag, mostTagBytes, type CheckedBag } from './check-bag.ts';
import { readZip } from './zip/read-zip.ts';
import { localHeader, type PlacedEntry } from './zip/zip-form.ts';

export interface VerifyBundleOptions extends TrustOptions {
  /** Stage `verify`, in bytes. */
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Leaves the seal and the custody log out when a file is not as listed: enough to refuse, not to tell a person all. */
  readonly enoughToRefuse?: boolean;
}

/** One file of a bundle: its path in the bag, its place in the archive, and its digests as they are. */
export interface BundleFile extends Measured {
  readonly path: string;
  /** Where its bytes begin. */
  readonly start: number;
}

export interface BundleVerification extends CheckedBag {
  readonly files: readonly BundleFile[];
}

/**
 * Verifies a bundle without unpacking it: the archive's own form to the bit, every file against both manifests, the
 * manifests against the tag manifests, the seal over those, and of a whole case its custody log and that the files are
 * those it names. Never throws for what the bundle holds; every failure names the file.
 *
 * @throws AssayError `file-not-readable`, `cancelled`
 */
export async function verifyBundle(source: ByteSource, options: VerifyBundleOptions = {}): Promise<BundleVerification> {
  try {
    return await verify(source, options);
  } catch (error) {
    // An encrypted bundle is opened piece by piece: a piece that was changed says so when it is read.
    if (!isAssayError(error, 'bundle-altered')) throw error;
    return { checks: [bundleCheck('age-chunk', false, error.details.entry)], signers: [], files: [], custody: [] };
  }
}

async function verify(source: ByteSource, options: VerifyBundleOptions): Promise<BundleVerification> {
  const { progress = silent, signal = new AbortController().signal, enoughToRefuse = false, ...trust } = options;
  const directory = await readZip(source);
  const checks: Check[] = directory.problems.map(({ kind, path, details }) =>
    bundleCheck(`zip-${kind}`, false, path === '' ? '.' : path, details),
  );
  const stop = (): BundleVerification => ({ checks, signers: [], files: [], custody: [] });
  if (directory.entries.length === 0) return stop();
  if (checks.length === 0) checks.push(bundleCheck('zip-form', true, '.', { files: directory.entries.length }));
  // SECURITY: nothing is read of an archive whose directory claims impossible things.
  if (directory.problems.some(({ kind }) => kind === 'bomb')) return stop();

  const { folder, placed } = withoutFolder(directory.entries);
  if (folder === undefined) return { ...stop(), checks: [...checks, bundleCheck('bag-folder', false, '.')] };
  checks.push(...orderOf(placed));

  const total = placed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let done = 0;
  const files: BundleFile[] = [];
  for (const entry of placed) {
    const start = entry.offset + localHeader({ ...entry, path: `${folder}/${entry.path}` }).length;
    const advance = (bytes: number): void => {
      done += bytes;
      progress({ stage: 'verify', subject: entry.path, done, total, unit: 'bytes' });
    };
    const measured = await measureSpan(source, start, entry.sizeBytes, advance, signal);
    files.push({ path: entry.path, start, ...measured });
    if (measured.crc32 !== entry.crc32 || measured.sizeBytes !== entry.sizeBytes)
      checks.push(bundleCheck('bag-file-unchanged', false, entry.path, { by: 'CRC-32' }));
  }

  const byPath = new Map(files.map((file) => [file.path, file]));
  const text = async (path: string): Promise<Buffer | undefined> => {
    const file = byPath.get(path);
    if (file === undefined || file.sizeBytes > mostTagBytes) return undefined;
    return source.read(file.start, file.sizeBytes);
  };
  const stopEarly = enoughToRefuse && checks.some(({ outcome }) => outcome === 'failed');
  const bag = await checkBag(files, text, folder, trust, stopEarly ? 'now' : enoughToRefuse ? 'when-changed' : 'never');
  return { ...bag, checks: [...checks, ...bag.checks], files };
}

/** The one folder that everything lies in (RFC 8493 §5), and the paths below it. */
function withoutFolder(entries: readonly PlacedEntry[]): { folder?: string; placed: PlacedEntry[] } {
  // The first entry is bagit.txt; what lies elsewhere keeps its whole path and is then nobody's file.
  const [, folder] = /^([^/]+)\//.exec(entries[0]?.path ?? '') ?? [];
  if (folder === undefined) return { placed: [] };
  const prefix = `${folder}/`;
  const placed = entries.map((entry) =>
    entry.path.startsWith(prefix)
      ? { ...entry, path: entry.path.slice(prefix.length) }
      : { ...entry, path: `../${entry.path}` },
  );
  return { folder, placed };
}

/** All entries stand in the order of the form. */
function orderOf(placed: readonly PlacedEntry[]): Check[] {
  const paths = placed.map(({ path }) => path);
  const due = entryOrder(paths);
  const misplaced = paths.find((path, index) => path !== due[index]);
  return misplaced === undefined ? [] : [bundleCheck('bag-order', false, misplaced)];
}
