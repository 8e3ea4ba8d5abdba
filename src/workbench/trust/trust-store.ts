import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError, isAssayError } from '../../base/errors.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { readCertificate, readCertificates } from '../../seal/certificate/read-certificate.ts';
import type { Revocation } from '../../seal/revocation/revocation.ts';
import { readRevocation } from '../../seal/revocation/revocation-statement.ts';
import { isMissing, writeError } from '../../seal/storage/file-error.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { writeAtomically } from '../../seal/storage/write-atomically.ts';

export type TrustPurpose = 'signers' | 'timestamps';

/** What one person keeps on one machine about whom to believe: plain files in the state folder, one for each. */
export interface TrustStore {
  certificates(purpose: TrustPurpose): Promise<readonly Certificate[]>;
  revocations(): Promise<readonly Revocation[]>;
  /** @throws AssayError `certificate-unreadable`, `revocation-unusable`, `file-not-readable`, `file-not-writable` */
  add(path: string, purpose: TrustPurpose): Promise<{ certificates: readonly Certificate[]; revocation?: Revocation }>;
  remove(purpose: TrustPurpose, fingerprint: string): Promise<void>;
}

const mostBytes = 1024 * 1024;
const suffixes = { signers: '.pem', timestamps: '.pem', revocations: '.json' } as const;

/** Opens the trust kept in a state folder. Files that cannot be read as what they should be are passed over. */
export function openTrustStore(state: string): TrustStore {
  const folder = (part: keyof typeof suffixes): string => join(state, 'trust', part);

  const texts = async (part: keyof typeof suffixes): Promise<readonly string[]> => {
    const names = (await namesIn(folder(part))).filter((name) => name.endsWith(suffixes[part])).sort();
    return Promise.all(names.map((name) => readFile(join(folder(part), name), 'utf8')));
  };
  const write = async (part: keyof typeof suffixes, name: string, text: string): Promise<void> => {
    try {
      await mkdir(folder(part), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw writeError(error, folder(part));
    }
    await writeAtomically(join(folder(part), `${name}${suffixes[part]}`), text, 0o600);
  };

  return {
    certificates: async (purpose) =>
      (await texts(purpose)).flatMap((pem) => readable('certificate-unreadable', () => readCertificate(pem)) ?? []),
    revocations: async () =>
      (await texts('revocations')).flatMap((text) => readable('revocation-unusable', () => readRevocation(text)) ?? []),
    async add(path, purpose) {
      const bytes = await readWhole(path);
      const text = bytes.toString('utf8');
      if (text.trimStart().startsWith('{')) {
        const revocation = readRevocation(text);
        // Several statements of one holder may differ in their date; the earliest counts, so all are kept.
        const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
        await write('revocations', `${revocation.fingerprint}-${name}`, text);
        return { certificates: [], revocation };
      }
      const certificates = readCertificateFile(bytes);
      for (const { sha256, pem } of certificates) await write(purpose, sha256, pem);
      return { certificates };
    },
    remove: (purpose, fingerprint) => rm(join(folder(purpose), `${fingerprint}${suffixes[purpose]}`), { force: true }),
  };
}

/** The certificates of a file: PEM with one or several, or DER. Throws AssayError `certificate-unreadable`. */
export function readCertificateFile(bytes: Buffer): readonly Certificate[] {
  const text = bytes.toString('latin1');
  if (!text.includes('-----BEGIN')) return [readCertificate(Uint8Array.from(bytes))];
  const certificates = readCertificates(text);
  if (certificates.length === 0)
    throw new AssayError('certificate-unreadable', { reason: 'no certificate in the file' });
  return certificates;
}

/** Reads a small file that a stranger may have made. Throws AssayError `file-not-found`, `file-not-readable`. */
export async function readWhole(path: string): Promise<Buffer> {
  const bytes = await readBounded(path, mostBytes);
  if (typeof bytes !== 'string') return bytes;
  if (bytes === 'missing') throw new AssayError('file-not-found', { path });
  throw new AssayError('file-not-readable', { path, reason: bytes });
}

function readable<T>(code: 'certificate-unreadable' | 'revocation-unusable', read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isAssayError(error, code)) return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
