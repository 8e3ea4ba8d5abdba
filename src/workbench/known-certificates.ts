import { readFile } from 'node:fs/promises';
import { AssayError } from '../base/errors.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import { readCertificates } from '../seal/certificate/read-certificate.ts';
import { loadIdentity } from '../seal/identity/load-identity.ts';
import type { Engine } from './engine.ts';
import { identityFolder } from './signer.ts';

/** Certificates that this machine's person vouches for without saying so: their own identity. */
export async function knownCertificates(engine: Engine): Promise<readonly Certificate[]> {
  const own = await loadIdentity(identityFolder(engine));
  return own === undefined ? [] : [own.certificate];
}

/** Certificates (PEM files) that the person named for this check. Throws `file-not-readable`. */
export async function readTrusted(paths: readonly string[]): Promise<readonly Certificate[]> {
  const all: Certificate[] = [];
  for (const path of paths) {
    try {
      all.push(...readCertificates(await readFile(path, 'utf8')));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AssayError('file-not-readable', { path, reason }, { cause });
    }
  }
  return all;
}
