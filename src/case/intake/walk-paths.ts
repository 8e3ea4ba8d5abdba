import type { BigIntStats } from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { AssayError } from '../../base/errors.ts';
import { below, parentOf, pathBytes, shownPath, type CasePath } from './case-path.ts';
import { findAsGiven } from './find-as-given.ts';
import { refusalFor, refusalOf, type Refusal } from './refusal.ts';

/** A regular file to take in, as the walk saw it. */
export interface FoundFile {
  readonly kind: 'file';
  /** What to open. */
  readonly path: Buffer;
  /** The path as the person gave it, and below a folder the path from there. */
  readonly asGiven: Buffer;
  /** Where the given path was a symbolic link: what it resolved to. */
  readonly resolved?: Buffer;
  readonly stats: BigIntStats;
}

export interface NotTaken {
  readonly kind: 'refused';
  readonly asGiven: Buffer;
  readonly refusal: Refusal;
}

/**
 * Everything that the given paths come to: files, and what is not taken with the reason. Folders are walked in the
 * bytewise order of their names, hidden entries too. A link that the person names is followed, since that is what they
 * asked for; a link met inside a folder is told and not followed, since whoever made the folder may have aimed it
 * anywhere. Nothing is opened.
 */
export async function walkPaths(
  paths: readonly CasePath[],
  caseFolder: string,
  signal: AbortSignal,
): Promise<(FoundFile | NotTaken)[]> {
  const own = await stat(caseFolder, { bigint: true });
  const found: (FoundFile | NotTaken)[] = [];
  const isOwn = (stats: BigIntStats) => stats.dev === own.dev && stats.ino === own.ino && stats.ino !== 0n;

  const visit = async (path: Buffer, asGiven: Buffer): Promise<void> => {
    // Depth first with a list of our own: a hostile folder may nest deeper than the stack.
    const waiting: { path: Buffer; asGiven: Buffer }[] = [{ path, asGiven }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (signal.aborted) throw new AssayError('cancelled', { what: 'intake' });
      const { path: here, asGiven: shown } = next;
      try {
        const stats = await lstat(here, { bigint: true });
        if (stats.isFile()) found.push({ kind: 'file', path: here, asGiven: shown, stats });
        else if (!stats.isDirectory()) found.push(await notTaken(here, shown, stats));
        else if (isOwn(stats)) found.push(refused(shown, new AssayError('inside-case', { path: shownPath(shown) })));
        else {
          const names = (await readdir(here, { encoding: 'buffer' })).sort((a, b) => Buffer.compare(b, a));
          for (const name of names) waiting.push({ path: below(here, name), asGiven: below(shown, name) });
        }
      } catch (error) {
        found.push({ kind: 'refused', asGiven: shown, refusal: refusalFor(shownPath(shown), error) });
      }
    }
  };

  for (const given of paths) {
    const asGiven = pathBytes(given);
    const path = await findAsGiven(given);
    const before = found.length;
    try {
      const real = await realpath(path, { encoding: 'buffer' });
      if (await liesIn(real, isOwn)) {
        found.push(refused(asGiven, new AssayError('inside-case', { path: shownPath(asGiven) })));
        continue;
      }
      const isLink = (await lstat(path)).isSymbolicLink();
      await visit(isLink ? real : path, asGiven);
      const [first] = found.slice(before);
      if (isLink && first?.kind === 'file' && first.asGiven === asGiven) found[before] = { ...first, resolved: real };
    } catch (error) {
      if (error instanceof AssayError) throw error;
      found.push({ kind: 'refused', asGiven, refusal: refusalFor(shownPath(asGiven), error) });
    }
  }
  return found;
}

/** True when a path, or a folder above it, is the case's own folder. */
async function liesIn(real: Buffer, isOwn: (stats: BigIntStats) => boolean): Promise<boolean> {
  for (let path = real; path.length > 0; path = parentOf(path)) {
    try {
      if (isOwn(await stat(path, { bigint: true }))) return true;
    } catch {
      // A folder above that cannot be looked at is not ours: we are in ours.
    }
  }
  return false;
}

async function notTaken(path: Buffer, asGiven: Buffer, stats: BigIntStats): Promise<NotTaken> {
  const shown = shownPath(asGiven);
  if (stats.isSymbolicLink()) {
    const target = shownPath(await readlink(path, { encoding: 'buffer' }));
    return refused(asGiven, new AssayError('symbolic-link', { path: shown, target }));
  }
  return refused(asGiven, new AssayError('not-a-file', { path: shown, kind: kindOf(stats) }));
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  return 'device';
}

function refused(asGiven: Buffer, error: AssayError): NotTaken {
  return { kind: 'refused', asGiven, refusal: refusalOf(error) };
}
