import * as asn1 from 'asn1js';
import { readDer } from '../asn1/der.ts';
import { encoding, sequence } from '../asn1/read-der.ts';
import type { Certificate } from './certificate.ts';

/** What names a certificate among all: its issuer's name and its serial number, as encoded in it (RFC 5652 §10.2.4). */
export interface IssuerAndSerial {
  readonly issuer: Uint8Array;
  readonly serialNumber: Uint8Array;
}

export function issuerAndSerial({ der }: Certificate): IssuerAndSerial {
  const tbsCertificate = sequence(sequence(readDer(der), 'certificate')[0], 'tbsCertificate');
  // RFC 5280 §4.1: version [0] is optional and stands before serialNumber, signature, issuer
  const first = tbsCertificate[0] instanceof asn1.Integer ? 0 : 1;
  return { serialNumber: encoding(tbsCertificate[first]!), issuer: encoding(tbsCertificate[first + 2]!) };
}
