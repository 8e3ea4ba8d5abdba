import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import { unfinishedName } from '../durable-file.ts';
import { systemCode, writeProblem } from '../file-problem.ts';
import { livenessOf, LockOwner, thisProcess } from './lock-owner.ts';

/** The right to write to a case, held by one process at a time. */
export interface CaseLock {
  readonly owner: LockOwner;
  /** The owner that died with the lock in its hands, where there was one. */
  readonly takenOverFrom?: LockOwner;
  /** Gives the right back; does nothing when the lock is no longer ours. */
  release(): Promise<void>;
}

export interface LockOptions {
  /** The lock file; its folder exists. */
  readonly path: string;
  /** The case it guards, for messages. */
  readonly folder: string;
  readonly clock: () => Date;
  readonly randomUuid: () => string;
}

/**
 * Takes the lock, or breaks one whose owner is dead on this very machine.
 *
 * @throws AssayError `case-locked` naming the owner, `file-not-writable`, `disk-full`
 */
export async function acquireCaseLock(options: LockOptions): Promise<CaseLock> {
  const { path } = options;
  const owner = thisProcess(options.clock(), options.randomUuid());
  // Twice: a lock may be given back between our failing to create it and our reading who holds it.
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await createLock(path, owner)) return held(path, owner);
    const holder = await readLockOwner(path);
    if (holder === undefined) continue;
    if (holder === 'unreadable' || livenessOf(holder, owner) !== 'dead') throw locked(options, holder);
    if (await breakLock(path, holder, owner)) return { ...held(path, owner), takenOverFrom: holder };
  }
  throw locked(options, (await readLockOwner(path)) ?? 'unreadable');
}

/** Who holds the lock: undefined when nobody does, `unreadable` when the file does not say. */
export async function readLockOwner(path: string): Promise<LockOwner | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? undefined : 'unreadable';
  }
  try {
    return LockOwner.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

/** Creates a lock file that is complete from the moment it is there; false when there is one already. */
async function createLock(path: string, owner: LockOwner): Promise<boolean> {
  const unfinished = join(dirname(path), unfinishedName(`${basename(path)}.${owner.nonce}`));
  try {
    await writeNew(unfinished, owner);
    try {
      await link(unfinished, path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      // FAT and exFAT, common on sticks, have no hard links: there the file is complete a moment after it appears.
      return await createInPlace(path, owner);
    } finally {
      await rm(unfinished, { force: true });
    }
  } catch (error) {
    throw writeProblem(path, error);
  }
}

async function createInPlace(path: string, owner: LockOwner): Promise<boolean> {
  try {
    await writeNew(path, owner);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeNew(path: string, owner: LockOwner): Promise<void> {
  const handle = await open(path, 'wx', 0o644);
  try {
    await handle.writeFile(canonicalJsonFile(owner));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a dead owner's lock. Of several processes that found it dead, one alone creates the claim named after that
 * owner; it looks again before it replaces the lock by the claim, so that a lock taken meanwhile is left alone.
 */
async function breakLock(path: string, dead: LockOwner, owner: LockOwner): Promise<boolean> {
  const claim = join(
    dirname(path),
    unfinishedName(`${basename(path)}.${dead.nonce.replace(/[^0-9a-zA-Z-]/g, '')}.claim`),
  );
  if (!(await createLock(claim, owner))) {
    const claimant = await readLockOwner(claim);
    if (claimant === undefined || claimant === 'unreadable' || livenessOf(claimant, owner) !== 'dead') return false;
    await rm(claim, { force: true });
    if (!(await createLock(claim, owner))) return false;
  }
  const now = await readLockOwner(path);
  if (now === undefined || now === 'unreadable' || now.nonce !== dead.nonce) {
    await rm(claim, { force: true });
    return false;
  }
  await rename(claim, path);
  return true;
}

function held(path: string, owner: LockOwner): CaseLock {
  return {
    owner,
    async release() {
      const now = await readLockOwner(path);
      if (now !== undefined && now !== 'unreadable' && now.nonce === owner.nonce) await rm(path, { force: true });
    },
  };
}

function locked(options: LockOptions, holder: LockOwner | 'unreadable'): AssayError<'case-locked'> {
  const known = holder === 'unreadable' ? undefined : holder;
  return new AssayError('case-locked', {
    path: options.folder,
    lock: options.path,
    pid: known?.pid ?? 0,
    host: known?.host ?? '?',
    since: known?.since ?? '?',
  });
}
