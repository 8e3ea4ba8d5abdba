import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildReportModel } from '../../../src/report/model/build-report-model.ts';
import { readCertificate } from '../../../src/seal/certificate/read-certificate.ts';
import { importPkcs12 } from '../../../src/seal/identity/import-pkcs12.ts';
import { unlockIdentity } from '../../../src/seal/identity/unlock-identity.ts';
import { readPdfSignatures, signedBytes } from '../../../src/seal/pades/read-pdf-signatures.ts';
import { signPdf } from '../../../src/seal/pades/sign-pdf.ts';
import { signatureRoom } from '../../../src/seal/pades/signature-room.ts';
import { verifyPdfSignatures } from '../../../src/seal/pades/verify-pdf-signatures.ts';
import { smallInput } from '../../support/report/small-input.ts';
import { render, text } from '../../unit/report/pdf/pdf-fixture.ts';
import { failures, temporaryFolder } from '../../unit/seal/fixtures.ts';
import { openssl, shell } from './openssl.ts';

/** An agency's authority and an officer with a key of this kind, made by openssl and exported as PKCS#12. */
async function officer(kind: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const usage = 'keyUsage=critical,digitalSignature,nonRepudiation';
  openssl(
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:3072',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/O=Agency/CN=Root',
      '-days',
      '30',
    ],
    folder,
  );
  openssl(
    ['req', '-new', '-newkey', ...kind, '-nodes', '-keyout', 'o.key', '-out', 'o.csr', '-subj', '/O=Agency/CN=Officer'],
    folder,
  );
  await writeFile(join(folder, 'usage'), usage);
  openssl(
    [
      'x509',
      '-req',
      '-in',
      'o.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      'o.pem',
      '-days',
      '20',
      '-extfile',
      'usage',
    ],
    folder,
  );
  openssl(
    [
      'pkcs12',
      '-export',
      '-inkey',
      'o.key',
      '-in',
      'o.pem',
      '-certfile',
      'ca.pem',
      '-passout',
      'pass:agency',
      '-out',
      'o.p12',
    ],
    folder,
  );
  return folder;
}

describe("a PDF signed with an agency's identity", () => {
  it.each([
    ['RSA', ['rsa:3072']],
    ['ECDSA', ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']],
  ])('with %s is verified by openssl as CAdES against the root, and by pdfsig', async (_, kind) => {
    const folder = await officer(kind);
    const identity = await importPkcs12({
      folder: join(folder, 'identity'),
      bytes: await readFile(join(folder, 'o.p12')),
      pkcs12Passphrase: 'agency',
      passphrase: 'four words in row',
    });
    const signer = await unlockIdentity(identity, 'four words in row');
    const room = signatureRoom(signer, new Date());
    const unsigned = await render(buildReportModel(smallInput(), text), undefined, room);
    const pdf = await signPdf(unsigned.bytes, unsigned.signatureAt ?? -1, room, signer);

    const root = readCertificate(await readFile(join(folder, 'ca.pem'), 'utf8'));
    const [verified] = verifyPdfSignatures(pdf, { trusted: [root] });
    expect(failures(verified?.checks ?? [])).toEqual([]);
    expect(verified?.signer).toMatchObject({ name: 'Officer', recognition: 'trusted', valid: true });

    const [signature] = readPdfSignatures(pdf);
    await writeFile(join(folder, 'own.p7s'), signature?.cms ?? '');
    await writeFile(join(folder, 'signed'), signedBytes(pdf, signature?.byteRange ?? [0, 0, 0, 0]));
    const verify =
      'openssl cms -verify -cades -binary -inform DER -in own.p7s -content signed -CAfile ca.pem -out /dev/null';
    expect(shell(verify, folder)).toMatchObject({ status: 0 });
    await writeFile(join(folder, 'report.pdf'), pdf);
    expect(
      shell('command -v pdfsig >/dev/null || exit 0; pdfsig -nocert report.pdf | grep "Signature is Valid"', folder),
    ).toMatchObject({ status: 0 });
  });
});
