import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AssayError, isAssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../asn1/der.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { verifyCertificateIssuedBy } from '../certificate/certificate-chain.ts';
import { encryptKey } from '../key/encrypted-key.ts';
import { requireLongEnough } from '../key/passphrase.ts';
import { readPkcs12 } from '../pkcs12/read-pkcs12.ts';
import type { Pkcs12Content } from '../pkcs12/read-pkcs12.ts';
import { systemRandom } from '../random.ts';
import type { RandomBytes } from '../random.ts';
import { makeAgeKey } from '../recipient/age-key.ts';
import { algorithmFor } from '../signer/signature-algorithm.ts';
import { placeIdentity } from './identity-folder.ts';
import type { Identity } from './identity.ts';
import { identityOf } from './load-identity.ts';

export interface Pkcs12Import {
  readonly folder: string;
  /** The file's bytes; `.p12` or `.pfx`. */
  readonly bytes: Uint8Array;
  readonly pkcs12Passphrase: string;
  /** Protects the key here from now on; may be the same. */
  readonly passphrase: string;
  readonly random?: RandomBytes;
}

/**
 * Takes over an identity that an agency's own authority issued: one private key (ECDSA, or RSA of 2048 bits and more)
 * with its certificate and the certificates of its issuers, which every seal then carries.
 *
 * @throws AssayError `wrong-passphrase` (the file's), `passphrase-too-short`, `pkcs12-unusable`, `identity-exists`,
 *   `file-not-writable`
 */
export async function importPkcs12(wanted: Pkcs12Import): Promise<Identity> {
  requireLongEnough(wanted.passphrase);
  const content = await open(wanted);
  if (content === undefined) throw new AssayError('wrong-passphrase', { path: 'PKCS#12' });
  const { privateKey, chain } = choose(content);
  const random = wanted.random ?? systemRandom;
  const age = await makeAgeKey();
  await placeIdentity(wanted.folder, {
    certificatePem: chain.map(({ pem }) => pem).join(''),
    privateKeyPem: await encryptKey(privateKey, wanted.passphrase, random),
    ageKeyPem: await encryptKey(age.privateKey, wanted.passphrase, random),
    ageRecipient: age.recipient,
  });
  return identityOf(wanted.folder, chain, age.recipient);
}

async function open({ bytes, pkcs12Passphrase }: Pkcs12Import): Promise<Pkcs12Content | undefined> {
  try {
    return await readPkcs12(bytes, pkcs12Passphrase);
  } catch (error) {
    if (error instanceof MalformedAsn1) throw unusable(error.message, error);
    if (isAssayError(error, 'certificate-unreadable')) throw unusable(error.details.reason, error);
    throw error;
  }
}

function unusable(reason: string, cause?: unknown): AssayError<'pkcs12-unusable'> {
  return new AssayError('pkcs12-unusable', { reason }, { cause });
}

function choose({ privateKeys, certificates }: Pkcs12Content): {
  privateKey: KeyObject;
  chain: readonly Certificate[];
} {
  const [privateKey, ...others] = privateKeys;
  if (privateKey === undefined || others.length > 0) throw unusable(`it holds ${privateKeys.length} private keys`);
  if (algorithmFor(privateKey) === undefined) throw unusable('its key is of a kind or size that seals do not take');
  const publicKey = createPublicKey(privateKey);
  const own = certificates.find((certificate) => publicKey.equals(certificate.publicKey));
  if (own === undefined) throw unusable('it holds no certificate for its private key');
  const maySign =
    own.keyUsage === undefined || own.keyUsage.some((use) => use === 'digitalSignature' || use === 'nonRepudiation');
  if (!maySign || own.custodyOnly) throw unusable('its certificate is not meant for signing');
  return { privateKey, chain: chainOf(own, certificates) };
}

/** From the certificate up, as far as the file's certificates lead. */
function chainOf(own: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const chain = [own];
  for (;;) {
    const issuer = certificates.find(
      (candidate) => !chain.includes(candidate) && verifyCertificateIssuedBy(chain.at(-1)!, candidate),
    );
    if (issuer === undefined) return chain;
    chain.push(issuer);
  }
}
