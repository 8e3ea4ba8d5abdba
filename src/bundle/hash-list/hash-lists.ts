import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { readHashListHead, type HashListHead } from '../../base/hash-list.ts';
import { writeFileAtomically } from '../../case/durable-file.ts';
import { systemCode, writeProblem } from '../../case/file-problem.ts';
import type { SignatureSigner, TrustOptions } from '../../seal/signature/signature.ts';
import { verifyDetached } from '../../seal/signature/verify-detached.ts';

/** A hash list of this machine. */
export interface KeptHashList extends HashListHead {
  /** SHA-256 of the list's bytes: its name. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** Who signed it, where the signature holds. */
  readonly signer: SignatureSigner | undefined;
}

/** The hash lists of this machine: a list and its signature, named by the list's SHA-256, in the app's own state. */
export interface HashLists {
  /** SHA-256 of each list, sorted. */
  digests(): Promise<readonly string[]>;
  /** Bytes of a list; undefined where it is not here, or is not what its name says. */
  read(digest: string): Promise<Uint8Array | undefined>;
  /** Every list with its head and signer, by name and date. Lists that were changed are left out. */
  list(trust: TrustOptions): Promise<readonly KeptHashList[]>;
  /** Throws `unknown-name` where there is no such list. A beginning of at least 8 digits is enough. */
  find(
    digest: string,
  ): Promise<{ readonly digest: string; readonly bytes: Uint8Array; readonly signature: Uint8Array }>;
  /** Returns its digest. Throws `disk-full`, `file-not-writable`. */
  keep(bytes: Uint8Array, signature: Uint8Array): Promise<string>;
  remove(digest: string): Promise<void>;
}

export function openHashLists(state: string): HashLists {
  const folder = join(state, 'hash-lists');
  const listPath = (digest: string): string => join(folder, `${digest}.txt`);
  const signaturePath = (digest: string): string => `${listPath(digest)}.p7s`;

  const digests = async (): Promise<readonly string[]> => {
    const names = await readdir(folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    });
    return names.flatMap((name) => /^([0-9a-f]{64})\.txt$/.exec(name)?.[1] ?? []).sort();
  };
  const read = async (digest: string): Promise<Uint8Array | undefined> => {
    if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
    const bytes = await readFile(listPath(digest)).catch(() => undefined);
    // FORENSIC: a result names the list by its digest, so nothing else may stand in for it.
    return bytes !== undefined && sha256(bytes) === digest ? bytes : undefined;
  };
  const find: HashLists['find'] = async (wanted) => {
    const all = await digests();
    const fitting = wanted.length < 8 ? [] : all.filter((digest) => digest.startsWith(wanted.toLowerCase()));
    const [digest] = fitting;
    const bytes = digest === undefined || fitting.length > 1 ? undefined : await read(digest);
    if (digest === undefined || bytes === undefined)
      throw new AssayError('unknown-name', { kind: 'hash list', name: wanted, known: all.map(short).join(', ') });
    return { digest, bytes, signature: await readFile(signaturePath(digest)).catch(() => new Uint8Array()) };
  };

  return {
    digests,
    read,
    find,
    async list(trust) {
      const lists: KeptHashList[] = [];
      for (const digest of await digests()) {
        const bytes = await read(digest);
        const head = bytes && readHashListHead(bytes);
        if (bytes === undefined || head === undefined) continue;
        const signature = await readFile(signaturePath(digest)).catch(() => undefined);
        const [signer] = signature === undefined ? [] : verifyDetached(bytes, signature, trust).signers;
        lists.push({ ...head, digest, sizeBytes: bytes.length, signer: signer?.valid === true ? signer : undefined });
      }
      return lists.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    },
    async keep(bytes, signature) {
      const digest = sha256(bytes);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFileAtomically(signaturePath(digest), signature, { mode: 0o600 });
        await writeFileAtomically(listPath(digest), bytes, { mode: 0o600 });
      } catch (error) {
        throw writeProblem(folder, error);
      }
      return digest;
    },
    async remove(digest) {
      await rm(listPath(digest), { force: true });
      await rm(signaturePath(digest), { force: true });
    },
  };
}

function nameOf({ name, date, digest }: KeptHashList): string {
  return `${name}\u0000${date}\u0000${digest}`;
}

function short(digest: string): string {
  return digest.slice(0, 12);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
