import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { MalformedAsn1, readBer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { contextParts, identifier, sequence } from '../asn1/read-der.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import { decryptContent, joinedOctets } from './encrypted-content.ts';
import { verifyMac } from './verify-mac.ts';

/** What a PKCS#12 file held, in its order. */
export interface Pkcs12Content {
  readonly privateKeys: readonly KeyObject[];
  readonly certificates: readonly Certificate[];
}

/**
 * Opens a PKCS#12 file: https://www.rfc-editor.org/rfc/rfc7292#section-4
 *
 * @returns undefined when the passphrase is not the right one
 * @throws MalformedAsn1 or AssayError `certificate-unreadable` for a file that we cannot take
 */
export async function readPkcs12(bytes: Uint8Array, passphrase: string): Promise<Pkcs12Content | undefined> {
  const [, authSafe, macData] = sequence(readBer(bytes), 'PFX');
  const content = dataOf(authSafe);
  // SECURITY: without a MAC anybody could have put another certificate beside the key.
  if (macData === undefined) throw new MalformedAsn1('not protected by a passphrase');
  if (!verifyMac(macData, content, passphrase)) return undefined;
  const found: MutableContent = { privateKeys: [], certificates: [] };
  for (const part of sequence(readBer(content), 'AuthenticatedSafe'))
    await readBags(await safeContents(part, passphrase), passphrase, found, 0);
  return found;
}

interface MutableContent {
  privateKeys: KeyObject[];
  certificates: Certificate[];
}

/** ContentInfo of type data: its octets. */
function dataOf(block: asn1.AsnType | undefined): Uint8Array {
  const [type, content] = sequence(block, 'ContentInfo');
  if (identifier(type, 'contentType') !== oid.data) throw new MalformedAsn1('protected with a public key');
  return joinedOctets(contextParts(content, 0, 'content')[0], 'content');
}

/** The SafeContents of one ContentInfo, decrypted where it is encrypted. */
async function safeContents(block: asn1.AsnType, passphrase: string): Promise<Uint8Array> {
  const [type, content] = sequence(block, 'ContentInfo');
  if (identifier(type, 'contentType') !== oid.encryptedData) return dataOf(block);
  // RFC 5652 §8: EncryptedData ::= SEQUENCE { version, EncryptedContentInfo }
  const [, info] = sequence(contextParts(content, 0, 'content')[0], 'EncryptedData');
  const [, algorithm, encrypted] = sequence(info, 'EncryptedContentInfo');
  return decrypted(algorithm, implicitOctets(encrypted), passphrase);
}

async function decrypted(
  algorithm: asn1.AsnType | undefined,
  ciphertext: Uint8Array,
  passphrase: string,
): Promise<Uint8Array> {
  const plaintext = await decryptContent(new pkijs.AlgorithmIdentifier({ schema: algorithm }), ciphertext, passphrase);
  // The MAC has told that the passphrase is right.
  if (plaintext === undefined) throw new MalformedAsn1('its parts have different passphrases');
  return plaintext;
}

/** [0] IMPLICIT OCTET STRING, whole or in pieces. */
function implicitOctets(block: asn1.AsnType | undefined): Uint8Array {
  if (block instanceof asn1.Constructed)
    return Buffer.concat(
      contextParts(block, 0, 'encrypted content').map((piece) => joinedOctets(piece, 'encrypted content')),
    );
  if (block instanceof asn1.Primitive) return block.valueBlock.valueHexView;
  throw new MalformedAsn1('no encrypted content');
}

const deepestBags = 4;

/** SafeBag ::= SEQUENCE { bagId, bagValue [0], bagAttributes OPTIONAL }: RFC 7292 §4.2. Bags of other kinds are let be. */
async function readBags(bytes: Uint8Array, passphrase: string, found: MutableContent, depth: number): Promise<void> {
  for (const bag of sequence(readBer(bytes), 'SafeContents')) {
    const [bagId, wrapped] = sequence(bag, 'SafeBag');
    const value = contextParts(wrapped, 0, 'bag value')[0];
    switch (identifier(bagId, 'bag type')) {
      case oid.keyBag:
        found.privateKeys.push(privateKey(value === undefined ? new Uint8Array() : value.valueBeforeDecodeView));
        break;
      case oid.shroudedKeyBag: {
        const [algorithm, encrypted] = sequence(value, 'EncryptedPrivateKeyInfo');
        found.privateKeys.push(
          privateKey(await decrypted(algorithm, joinedOctets(encrypted, 'encrypted key'), passphrase)),
        );
        break;
      }
      case oid.certificateBag: {
        const [kind, certificate] = sequence(value, 'CertBag');
        if (identifier(kind, 'certificate type') === oid.x509Certificate)
          found.certificates.push(
            readCertificate(joinedOctets(contextParts(certificate, 0, 'certificate')[0], 'certificate')),
          );
        break;
      }
      case oid.safeContentsBag:
        if (depth >= deepestBags || value === undefined) throw new MalformedAsn1('bags nested too deep');
        await readBags(value.valueBeforeDecodeView, passphrase, found, depth + 1);
        break;
      default:
    }
  }
}

function privateKey(der: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw new MalformedAsn1('its private key cannot be read', { cause: error });
  }
}
