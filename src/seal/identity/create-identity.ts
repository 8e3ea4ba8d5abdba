import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import type { DistinguishedName } from '../certificate/distinguished-name.ts';
import { showable } from '../certificate/distinguished-name.ts';
import { issueCertificate } from '../certificate/issue-certificate.ts';
import { practiceMarker } from '../certificate/practice-marker.ts';
import { encryptKey } from '../key/encrypted-key.ts';
import { requireLongEnough } from '../key/passphrase.ts';
import { systemRandom } from '../random.ts';
import type { RandomBytes } from '../random.ts';
import { makeAgeKey } from '../recipient/age-key.ts';
import { ageUri } from '../recipient/age-recipient.ts';
import { algorithmFor, signWithKey } from '../signer/signature-algorithm.ts';
import { placeIdentity } from './identity-folder.ts';
import type { Identity } from './identity.ts';
import { identityOf } from './load-identity.ts';

export interface NewIdentity {
  /** Where it is kept; made when it is not there. Its parent must be writable. */
  readonly folder: string;
  readonly name: string;
  readonly organisation?: string;
  /** ISO 3166 two-letter code. */
  readonly country?: string;
  readonly passphrase: string;
  readonly clock: () => Date;
  readonly random?: RandomBytes;
  /** Marks the certificate as a practice identity's. */
  readonly practice?: boolean;
}

/**
 * Long, because a report must verify for as long as it may be asked about, and what a self-signed certificate
 * protects does not grow weaker by its date.
 */
const validYears = 30;

const generate = promisify(generateKeyPair);

/**
 * Makes an examiner's identity: an ECDSA P-256 key, a self-signed certificate that may certify custody keys
 * (an authority of path length 0), and the private key encrypted at rest with the passphrase.
 *
 * @throws AssayError `identity-exists`, `passphrase-too-short`, `identity-name-unusable`, `file-not-writable`
 */
export async function createIdentity(wanted: NewIdentity): Promise<Identity> {
  requireLongEnough(wanted.passphrase);
  return makeIdentity(wanted);
}

/** {@link createIdentity}; with `keepPassphrase` the passphrase is stored beside the key it protects. */
export async function makeIdentity(wanted: NewIdentity, keepPassphrase = false): Promise<Identity> {
  const subject = subjectOf(wanted);
  const random = wanted.random ?? systemRandom;
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' });
  const age = await makeAgeKey();
  const algorithm = algorithmFor(privateKey);
  if (algorithm === undefined) throw new AssayError('defect', { what: 'a new key cannot sign' });
  const notBefore = wholeSeconds(wanted.clock());
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears);
  const certificate = await issueCertificate(
    {
      subject,
      publicKey,
      notBefore,
      notAfter,
      keyUsage: ['digitalSignature', 'nonRepudiation', 'keyCertSign'],
      pathLength: 0,
      uris: [ageUri(age.recipient)],
    },
    { algorithm, sign: (bytes) => signWithKey(privateKey, bytes) },
    random,
  );
  await placeIdentity(wanted.folder, {
    certificatePem: certificate.pem,
    privateKeyPem: await encryptKey(privateKey, wanted.passphrase, random),
    ageKeyPem: await encryptKey(age.privateKey, wanted.passphrase, random),
    ageRecipient: age.recipient,
    ...(keepPassphrase ? { passphrase: wanted.passphrase } : {}),
  });
  return identityOf(wanted.folder, [certificate], age.recipient);
}

/** Upper bounds of https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1 (ub-common-name, ub-organization-name). */
const longestName = 64;

function subjectOf({ name, organisation, country, practice }: NewIdentity): DistinguishedName {
  if (country !== undefined && !/^[A-Z]{2}$/.test(country))
    throw new AssayError('identity-name-unusable', { part: 'country', value: showable(country) });
  return {
    commonName: namePart('name', name),
    ...(organisation === undefined ? {} : { organisation: namePart('organisation', organisation) }),
    ...(country === undefined ? {} : { country }),
    ...(practice === true ? { organisationalUnit: practiceMarker } : {}),
  };
}

function namePart(part: 'name' | 'organisation', text: string): string {
  const value = text.normalize('NFC').trim();
  const length = Array.from(value).length;
  if (length === 0 || length > longestName || showable(value) !== value)
    throw new AssayError('identity-name-unusable', { part, value: showable(value) });
  return value;
}
