import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import type { CaseIdentity } from '../case/custody/custody-key-store.ts';
import type { CustodyPoint } from '../case/custody/custody-head.ts';
import { lastSeenPath, readLastSeen, writeLastSeen } from '../case/custody/last-seen.ts';
import { syncFolder, unfinishedName } from '../case/durable-file.ts';
import { systemCode, writeProblem } from '../case/file-problem.ts';
import { makeFolders } from '../case/make-folders.ts';
import { openCase } from '../case/open-case.ts';
import { verifyCase } from '../case/verify/verify-case.ts';
import type { TrustOptions } from '../seal/signature/signature.ts';
import type { Signer } from '../seal/signer/signer.ts';
import { measureSpan } from './bag/measure-file.ts';
import type { ByteSource } from './byte-source.ts';
import { refusalOf } from './refusal.ts';
import { unpackCase } from './unpack-case.ts';
import { verifyBundle, type BundleVerification } from './verify-bundle.ts';

export interface ImportWanted {
  readonly source: ByteSource;
  /** The bundle's file, for messages. */
  readonly path: string;
  /** The case to make; not there, or empty. */
  readonly folder: string;
  readonly trust: TrustOptions;
  readonly identity: CaseIdentity;
  readonly unlock: () => Promise<Signer>;
  readonly state: string;
  readonly clock: () => Date;
  readonly randomUuid: () => string;
  readonly acceptOlder: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface ImportedCase {
  readonly verification: BundleVerification;
  readonly bundleSha256: string;
  /** This machine has worked on the case before: the copy that it has is now the older one. */
  readonly seenBefore: boolean;
}

/**
 * Verifies a bundle and makes a case of it. Everything happens in a folder of unfinished name beside the new case, which
 * gets its name when it is whole and its custody log begins a new chapter: an entry that names the bundle's hash and the
 * end of the sender's log. When anything is wrong, nothing is left behind.
 *
 * @throws AssayError one of `bundle-…` for what is wrong with it; `case-exists`; `disk-full`, `file-not-writable`, `cancelled`
 */
export async function importCase(wanted: ImportWanted): Promise<ImportedCase> {
  const { source, path, state, signal, progress } = wanted;
  const folder = resolve(wanted.folder);
  await requireFree(folder);
  const verification = await verifyBundle(source, { ...wanted.trust, progress, signal, enoughToRefuse: true });
  const { record, files, signers } = verification;
  const refusal = refusalOf(verification, path);
  if (refusal !== undefined) throw refusal;
  const [sender] = signers;
  if (record === undefined || sender === undefined) throw new AssayError('bundle-unreadable', { path, reason: 'bag' });
  if (record.scope !== 'evidence') throw new AssayError('bundle-without-evidence', { path });
  const before = await readLastSeen(state, record.case.id);
  if (before !== undefined && !wanted.acceptOlder) requireNewer(verification, before, path);
  const { sha256 } = await measureSpan(source, 0, source.sizeBytes, () => undefined, signal);

  const staging = join(dirname(folder), unfinishedName(basename(folder)));
  try {
    await makeFolders(dirname(folder));
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
  } catch (error) {
    throw writeProblem(folder, error);
  }
  try {
    await unpackCase(source, files, staging, { path, progress, signal });
    const checks = await verifyCase(staging, { progress, signal });
    const failed = checks.find(({ outcome }) => outcome === 'failed');
    if (failed !== undefined) throw new AssayError('bundle-altered', { path, entry: failed.subject });
    const opened = await openCase({
      folder: staging,
      mode: 'write',
      identity: wanted.identity,
      unlock: wanted.unlock,
      state,
      clock: wanted.clock,
      randomUuid: wanted.randomUuid,
      acceptRolledBack: wanted.acceptOlder,
    });
    try {
      const detail = {
        bundle: { sha256, sizeBytes: source.sizeBytes },
        head: { seq: record.custody.seq, hash: record.custody.hash },
        sender: {
          name: sender.name,
          fingerprint: sender.fingerprint,
          practice: sender.practice,
          recognised: sender.recognition === 'trusted',
        },
      };
      await opened.custody.append([{ action: 'case.imported', subject: 'case', detail }]);
    } finally {
      await opened.close();
    }
    await rmdir(folder).catch(() => undefined);
    await rename(staging, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    // What this machine remembers of the case must not be a case that never came to be.
    if (before !== undefined) await writeLastSeen(state, record.case.id, before).catch(() => undefined);
    else await rm(lastSeenPath(state, record.case.id), { force: true }).catch(() => undefined);
    throw writeProblem(folder, error);
  }
  return { verification, bundleSha256: sha256, seenBefore: before !== undefined };
}

/** A bundle must hold the entry that this machine saw last: otherwise it is an older copy, or went another way. */
function requireNewer({ custody }: BundleVerification, seen: CustodyPoint, path: string): void {
  const there = custody.find(({ seq }) => seq === seen.seq);
  if (there?.hash === seen.hash) return;
  if (there !== undefined) throw new AssayError('bundle-diverged', { path, entry: seen.seq });
  throw new AssayError('bundle-older', { path, seen: seen.seq, found: custody.at(-1)?.seq ?? 0 });
}

async function requireFree(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length > 0) throw new AssayError('case-exists', { path: folder });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') throw new AssayError('case-exists', { path: folder }, { cause: error });
    if (systemCode(error) !== 'ENOENT') throw writeProblem(folder, error);
  }
}
