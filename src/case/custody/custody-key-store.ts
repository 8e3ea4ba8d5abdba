import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError, isAssayError } from '../../base/errors.ts';
import { readCertificate } from '../../seal/certificate/read-certificate.ts';
import { createCustodyKey, type CustodyKey } from '../../seal/custody-key/custody-key.ts';
import { signHash } from '../../seal/custody-key/hash-signature.ts';
import type { Identity } from '../../seal/identity/identity.ts';
import { readPem, writePem } from '../../seal/certificate/pem.ts';
import type { Signer } from '../../seal/signer/signer.ts';
import { writeFileAtomically } from '../durable-file.ts';
import { readProblem, systemCode, writeProblem } from '../file-problem.ts';
import type { CustodySigner } from './custody-signer.ts';

/** The public part of the examiner's identity: enough to find the custody key that it certified. */
export type CaseIdentity = Pick<Identity, 'name' | 'certificate' | 'issuers' | 'fingerprint' | 'practice'>;

export interface CustodyKeyWanted {
  /** Folder of the app's own state. */
  readonly state: string;
  readonly caseId: string;
  readonly identity: CaseIdentity;
  readonly clock: () => Date;
  /** Unlocks the identity; called only when a key must be made. Absent where nobody can be asked. */
  readonly unlock?: () => Promise<Signer>;
  /** What the person calls this machine; goes into the key's certificate. */
  readonly machineLabel?: string;
  /** The case, for messages. */
  readonly folder: string;
}

/**
 * The custody key of this identity for this case on this machine: read from the state folder, or made and certified.
 * Kept as `custody-keys/<case id>/<identity>.pem`: certificate and key in one file, so that they always belong together;
 * folder 0700, file 0600.
 *
 * @throws AssayError `custody-key-missing` when one must be made and nobody can be asked; what unlocking throws;
 *   `file-not-writable`, `file-not-readable`, `disk-full`
 */
export async function loadCustodySigner(wanted: CustodyKeyWanted): Promise<CustodySigner> {
  const folder = join(wanted.state, 'custody-keys', wanted.caseId);
  const path = join(folder, `${wanted.identity.fingerprint.slice(0, 32)}.pem`);
  const stored = await readStored(path);
  if (stored !== undefined && readCertificate(stored.certificateDer).notAfter > wanted.clock())
    return signerOf(stored, wanted.identity);
  if (wanted.unlock === undefined) throw new AssayError('custody-key-missing', { path: wanted.folder });
  const made = await createCustodyKey(await wanted.unlock(), {
    caseId: wanted.caseId,
    clock: wanted.clock,
    ...(wanted.machineLabel === undefined ? {} : { machineLabel: wanted.machineLabel }),
  });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const content = `${writePem('CERTIFICATE', made.certificateDer)}${made.privateKeyPem}`;
    await writeFileAtomically(path, content, { mode: 0o600 });
  } catch (error) {
    throw writeProblem(path, error);
  }
  return signerOf(made, wanted.identity);
}

/** Undefined where there is none, or none that can be used: it is made again, and old entries keep their certificate in the log. */
async function readStored(path: string): Promise<CustodyKey | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw readProblem(path, error);
  }
  const [certificateDer] = readPem('CERTIFICATE', text);
  const [privateKeyDer] = readPem('PRIVATE KEY', text);
  if (certificateDer === undefined || privateKeyDer === undefined) return undefined;
  try {
    readCertificate(certificateDer);
    return { certificateDer, privateKeyPem: writePem('PRIVATE KEY', privateKeyDer) };
  } catch (error) {
    if (isAssayError(error, 'certificate-unreadable')) return undefined;
    throw error;
  }
}

function signerOf(key: CustodyKey, identity: CaseIdentity): CustodySigner {
  const certificate = readCertificate(key.certificateDer);
  return {
    actor: identity.name,
    key: certificate.sha256,
    certificateChainPem: [certificate.pem, identity.certificate.pem, ...identity.issuers.map(({ pem }) => pem)],
    fingerprint: identity.fingerprint,
    practice: identity.practice,
    sign: (hash) => signHash(key, hash),
  };
}
