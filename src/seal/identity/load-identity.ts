import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError, isAssayError } from '../../base/errors.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { readCertificates } from '../certificate/read-certificate.ts';
import { readAgeRecipient } from '../recipient/age-key.ts';
import { fingerprintWords } from '../fingerprint/fingerprint-words.ts';
import { isMissing, readError } from '../storage/file-error.ts';
import { identityFiles } from './identity.ts';
import type { Identity } from './identity.ts';

/**
 * Reads the public part of the identity in a folder; no passphrase is needed.
 *
 * @returns undefined when there is none
 * @throws AssayError `identity-damaged`, `file-not-readable`
 */
export async function loadIdentity(folder: string): Promise<Identity | undefined> {
  const path = join(folder, identityFiles.certificate);
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw readError(error, path);
  }
  return identityOf(folder, readChain(folder, pem), await readAgeRecipient(folder));
}

function readChain(folder: string, pem: string): readonly Certificate[] {
  try {
    return readCertificates(pem);
  } catch (error) {
    if (!isAssayError(error, 'certificate-unreadable')) throw error;
    throw new AssayError('identity-damaged', { path: folder, reason: error.details.reason }, { cause: error });
  }
}

/** The public part of an identity from its certificate chain, its own certificate first. */
export function identityOf(folder: string, chain: readonly Certificate[], ageRecipient?: string): Identity {
  const [certificate, ...issuers] = chain;
  if (certificate === undefined)
    throw new AssayError('identity-damaged', {
      path: folder,
      reason: `no certificate in ${identityFiles.certificate}`,
    });
  const { organisation, country } = certificate.subject;
  return {
    folder,
    name: certificate.name,
    ...(organisation === undefined ? {} : { organisation }),
    ...(country === undefined ? {} : { country }),
    certificate,
    issuers,
    fingerprint: certificate.sha256,
    fingerprintWords: fingerprintWords(certificate.sha256),
    practice: certificate.practice,
    ...(ageRecipient === undefined ? {} : { ageRecipient }),
    createdAt: certificate.notBefore,
    notAfter: certificate.notAfter,
  };
}
