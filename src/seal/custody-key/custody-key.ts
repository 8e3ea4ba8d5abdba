import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import { showable } from '../certificate/distinguished-name.ts';
import { issueCertificate } from '../certificate/issue-certificate.ts';
import { systemRandom } from '../random.ts';
import type { RandomBytes } from '../random.ts';
import { requireValidNow } from '../signer/require-valid-now.ts';
import type { Signer } from '../signer/signer.ts';

/** A key that signs the custody entries of one case on one machine, so that routine work asks for no passphrase. */
export interface CustodyKey {
  /** PKCS#8, not encrypted: keep it 0600 and out of the case. */
  readonly privateKeyPem: string;
  /** DER. Goes into the case: whoever verifies needs it. */
  readonly certificateDer: Uint8Array;
}

export interface NewCustodyKey {
  /** UUID of the case; the certificate names it as `urn:uuid:…`. */
  readonly caseId: string;
  /** What the person calls this machine. */
  readonly machineLabel?: string;
  readonly clock: () => Date;
  readonly random?: RandomBytes;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const generate = promisify(generateKeyPair);

/**
 * Makes a custody key and has the identity certify it: an end-entity certificate, critical extended key usage
 * "custody log", subject alternative name `urn:uuid:<caseId>`, valid as long as the identity's own.
 *
 * @throws AssayError `certificate-not-valid-now`; `defect` when the case's id is no UUID
 */
export async function createCustodyKey(signer: Signer, wanted: NewCustodyKey): Promise<CustodyKey> {
  if (!uuid.test(wanted.caseId))
    throw new AssayError('defect', { what: 'a custody key is made for a case without UUID' });
  const now = wanted.clock();
  requireValidNow(signer, now);
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' });
  const certificate = await issueCertificate(
    {
      subject: {
        commonName: 'Custody key',
        ...(wanted.machineLabel === undefined || wanted.machineLabel === ''
          ? {}
          : { organisationalUnit: machineName(wanted.machineLabel) }),
      },
      publicKey,
      notBefore: wholeSeconds(now),
      notAfter: signer.certificate.notAfter,
      keyUsage: ['digitalSignature'],
      custodyOnly: true,
      uris: [custodyUri(wanted.caseId)],
    },
    { certificate: signer.certificate, algorithm: signer.algorithm, sign: (bytes) => signer.sign(bytes) },
    wanted.random ?? systemRandom,
  );
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificateDer: certificate.der,
  };
}

/** The name under which a custody key's certificate carries a case: RFC 9562 §4 (formerly RFC 4122 §3). */
export function custodyUri(caseId: string): string {
  return `urn:uuid:${caseId.toLowerCase()}`;
}

/** ub-organizational-unit-name of https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1 */
function machineName(label: string): string {
  return Array.from(showable(label.normalize('NFC')))
    .slice(0, 64)
    .join('');
}
