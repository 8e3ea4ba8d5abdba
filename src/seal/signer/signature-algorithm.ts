import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { oid } from '../asn1/object-identifiers.ts';

export type Digest = 'sha256' | 'sha384' | 'sha512';
type Family = 'ec' | 'rsa';

/** What we sign with. ECDSA has no parameters, RSA has NULL: RFC 5758 §3.2, RFC 4055 §5. */
export interface SignatureAlgorithm {
  readonly oid: string;
  readonly nullParameters: boolean;
}

const ecdsaSha256: SignatureAlgorithm = { oid: oid.ecdsaWithSha256, nullParameters: false };
const rsaSha256: SignatureAlgorithm = { oid: oid.sha256WithRsa, nullParameters: true };

/** Why a signature could not even be tried, as a locale key under `seal:reasons`. */
export type Unverifiable = 'algorithm-unknown' | 'key-of-another-kind' | 'key-too-weak';

const digestByOid: ReadonlyMap<string, Digest> = new Map([
  [oid.sha256, 'sha256'],
  [oid.sha384, 'sha384'],
  [oid.sha512, 'sha512'],
]);

const familyByOid: ReadonlyMap<string, { family: Family; digest?: Digest }> = new Map([
  [oid.ecdsaWithSha256, { family: 'ec', digest: 'sha256' }],
  [oid.ecdsaWithSha384, { family: 'ec', digest: 'sha384' }],
  [oid.ecdsaWithSha512, { family: 'ec', digest: 'sha512' }],
  [oid.sha256WithRsa, { family: 'rsa', digest: 'sha256' }],
  [oid.sha384WithRsa, { family: 'rsa', digest: 'sha384' }],
  [oid.sha512WithRsa, { family: 'rsa', digest: 'sha512' }],
  // RFC 3370 §3.2: the digest is the one named beside it.
  [oid.rsaEncryption, { family: 'rsa' }],
]);

/** SHA-2 digests by identifier; undefined for all others, SHA-1 and MD5 among them: they are no protection any more. */
export function digestOf(identifier: string): Digest | undefined {
  return digestByOid.get(identifier);
}

/** What a private key of this kind signs with; undefined for kinds that seals cannot use. */
export function algorithmFor(key: KeyObject): SignatureAlgorithm | undefined {
  if (weakness(key) !== undefined) return undefined;
  return key.asymmetricKeyType === 'ec' ? ecdsaSha256 : rsaSha256;
}

const signAsync = promisify(sign) as unknown as (
  digest: string,
  bytes: Uint8Array,
  key: { key: KeyObject; dsaEncoding: 'der' },
) => Promise<Buffer>;

/** Signs with SHA-256 in the form that X.509 and CMS use. */
export async function signWithKey(key: KeyObject, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await signAsync('sha256', bytes, { key, dsaEncoding: 'der' }));
}

/**
 * Verifies a signature in the form of X.509 and CMS.
 *
 * @param named the signature algorithm's identifier, and the digest that stands beside it
 * @returns whether it holds, or why that cannot be told: an unknown algorithm is never taken for a good signature
 */
export function verifySignature(
  named: { readonly algorithm: string; readonly digest: Digest },
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean | Unverifiable {
  const known = familyByOid.get(named.algorithm);
  if (known === undefined) return 'algorithm-unknown';
  if (key.asymmetricKeyType !== known.family) return 'key-of-another-kind';
  const weak = weakness(key);
  if (weak !== undefined) return weak;
  if (known.digest !== undefined && known.digest !== named.digest) return 'algorithm-unknown';
  try {
    return verify(named.digest, bytes, { key, dsaEncoding: 'der' }, signature);
  } catch {
    // A malformed signature value makes some versions of OpenSSL raise instead of saying no: it is a no.
    return false;
  }
}

/**
 * SECURITY: a curve must be a named one of at least 256 bits (explicit parameters let a stranger choose the group,
 * CVE-2020-0601), an RSA modulus at least 2048 bits.
 */
function weakness(key: KeyObject): Unverifiable | undefined {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec')
    return namedCurve !== undefined && strongCurves.has(namedCurve) ? undefined : 'key-too-weak';
  if (key.asymmetricKeyType === 'rsa') return (modulusLength ?? 0) >= 2048 ? undefined : 'key-too-weak';
  return 'algorithm-unknown';
}

const strongCurves: ReadonlySet<string> = new Set([
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
]);
