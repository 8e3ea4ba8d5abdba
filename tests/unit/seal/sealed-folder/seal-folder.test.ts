import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addSignature } from '../../../../src/seal/sealed-folder/add-signature.ts';
import { sealFolder } from '../../../../src/seal/sealed-folder/seal-folder.ts';
import { verifySealedFolder } from '../../../../src/seal/sealed-folder/verify-sealed-folder.ts';
import { sealVerdict } from '../../../../src/seal/signature/seal-verdict.ts';
import type { Signer } from '../../../../src/seal/signer/signer.ts';
import { temporaryName } from '../../../../src/seal/storage/write-atomically.ts';
import { clock, failures, flipBit, makeSigner, noon, temporaryFolder } from '../fixtures.ts';

let examiner: Signer;
let reviewer: Signer;

beforeAll(async () => {
  examiner = await makeSigner();
  reviewer = await makeSigner({ subject: { commonName: 'Reviewer' } });
});

async function report(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'pictures'));
  await writeFile(join(folder, 'report.html'), '<p>report</p>');
  await writeFile(join(folder, 'pictures', 'a b.png'), 'png');
  return folder;
}

describe('sealFolder', () => {
  it('makes a folder that verifies, with the certificate among what is sealed', async () => {
    const folder = await report();
    const seal = await sealFolder(folder, examiner, { clock });
    expect((await readdir(folder)).sort()).toEqual([
      'manifest-sha256.txt',
      'manifest-sha256.txt.p7s',
      'pictures',
      'report.html',
      'signer-certificate.pem',
    ]);
    const verification = await verifySealedFolder(folder, { trusted: [examiner.certificate] });
    expect(sealVerdict(verification)).toBe('valid');
    expect(verification.manifestSha256).toBe(seal.manifestSha256);
    expect(verification.signers).toMatchObject([{ name: 'Examiner', signingTime: noon }]);
    expect(await readFile(seal.manifestPath, 'utf8')).toMatch(/ {2}signer-certificate\.pem\n$/);
  });

  it('never replaces a seal', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    await expect(sealFolder(folder, reviewer, { clock })).rejects.toMatchObject({ code: 'already-sealed' });
  });

  it('seals what a killed run left half done, and no leftover becomes part of it', async () => {
    const folder = await report();
    await writeFile(join(folder, 'manifest-sha256.txt'), 'half a manif');
    await writeFile(temporaryName(join(folder, 'manifest-sha256.txt.p7s')), 'half a signature');
    await writeFile(temporaryName(join(folder, 'signer-certificate.pem')), 'half a certificate');
    expect(sealVerdict(await verifySealedFolder(folder))).toBe('invalid');
    await sealFolder(folder, examiner, { clock });
    expect(sealVerdict(await verifySealedFolder(folder, { known: [examiner.certificate] }))).toBe('valid');
  });

  it('writes no signature when it cannot finish', async () => {
    const folder = await report();
    await symlink('/etc/hostname', join(folder, 'link'));
    await expect(sealFolder(folder, examiner, { clock })).rejects.toMatchObject({ code: 'unsealable-entry' });
    await rm(join(folder, 'link'));
    const wrongClock = (): Date => new Date('1999-01-01T00:00:00Z');
    await expect(sealFolder(folder, examiner, { clock: wrongClock })).rejects.toMatchObject({
      code: 'certificate-not-valid-now',
    });
    const cannotSign: Signer = { ...examiner, sign: () => Promise.resolve(new Uint8Array(70)) };
    await expect(sealFolder(folder, cannotSign, { clock })).rejects.toMatchObject({ code: 'defect' });
    expect(await readdir(folder)).not.toContain('manifest-sha256.txt.p7s');
  });

  it('leaves out what is excluded, if verification leaves it out too', async () => {
    const folder = await report();
    await writeFile(join(folder, 'case.lock'), 'me');
    const exclude = (path: string): boolean => path === 'case.lock';
    await sealFolder(folder, examiner, { clock, exclude });
    expect(failures((await verifySealedFolder(folder, { exclude })).checks)).toEqual([]);
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual(['file-listed case.lock']);
  });

  it('seals a folder that holds another sealed folder, its seal included', async () => {
    const folder = await report();
    await sealFolder(join(folder, 'pictures'), examiner, { clock });
    await sealFolder(folder, examiner, { clock });
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual([]);
    await rm(join(folder, 'pictures', 'manifest-sha256.txt.p7s'));
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual([
      'file-present pictures/manifest-sha256.txt.p7s',
    ]);
  });
});

describe('verifySealedFolder', () => {
  it('finds one turned bit anywhere in the folder and names the file', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    const expected: Record<string, RegExp> = {
      'report.html': /^file-unchanged report\.html$/m,
      'pictures/a b.png': /^file-unchanged pictures\/a b\.png$/m,
      'signer-certificate.pem': /^file-unchanged signer-certificate\.pem$/m,
      'manifest-sha256.txt': /^content-digest Examiner$/m,
      'manifest-sha256.txt.p7s': /./,
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(expected)), fc.nat(), async (name, position) => {
        const path = join(folder, name);
        const original = await readFile(path);
        await writeFile(path, flipBit(original, position % (original.length * 8)));
        const verification = await verifySealedFolder(folder, { trusted: [examiner.certificate] });
        await writeFile(path, original);
        expect(failures(verification.checks).join('\n')).toMatch(expected[name]!);
        expect(sealVerdict(verification)).toBe('invalid');
      }),
      { numRuns: 80 },
    );
  });

  it('says what is not there', async () => {
    const folder = await report();
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual(['manifest-present manifest-sha256.txt']);
    await sealFolder(folder, examiner, { clock });
    await rm(join(folder, 'manifest-sha256.txt.p7s'));
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual(['signature-present manifest-sha256.txt.p7s']);
    await rm(folder, { recursive: true });
    await expect(verifySealedFolder(folder)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('finds a certificate file that shows somebody else, even when sealed so', async () => {
    const folder = await report();
    const forger: Signer = { ...examiner, issuers: [] };
    await writeFile(join(folder, 'signer-certificate.pem'), reviewer.certificate.pem);
    await sealFolder(
      folder,
      { ...forger, certificate: { ...forger.certificate, pem: reviewer.certificate.pem } },
      { clock },
    );
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual([
      'signer-certificate-file signer-certificate.pem',
    ]);
  });

  it('does not wait for a pipe or follow a link in the place of the seal', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    const elsewhere = join(await temporaryFolder(), 'p7s');
    await writeFile(elsewhere, await readFile(join(folder, 'manifest-sha256.txt.p7s')));
    await rm(join(folder, 'manifest-sha256.txt.p7s'));
    await symlink(elsewhere, join(folder, 'manifest-sha256.txt.p7s'));
    expect(failures((await verifySealedFolder(folder)).checks)).toEqual(['signature-present manifest-sha256.txt.p7s']);
  });
});

describe('addSignature', () => {
  it('puts further signers beside the first, who stay as they were', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    const first = await readFile(join(folder, 'manifest-sha256.txt.p7s'));
    expect(await addSignature(folder, reviewer, { clock })).toBe(join(folder, 'manifest-sha256.txt.2.p7s'));
    const third = await makeSigner({ subject: { commonName: 'Third' } });
    expect(await addSignature(folder, third, { clock })).toBe(join(folder, 'manifest-sha256.txt.3.p7s'));
    expect(await readFile(join(folder, 'manifest-sha256.txt.p7s'))).toEqual(first);
    const verification = await verifySealedFolder(folder, { trusted: [examiner.certificate] });
    expect(verification.signers.map(({ name, recognition }) => `${name} ${recognition}`)).toEqual([
      'Examiner trusted',
      'Reviewer unknown',
      'Third unknown',
    ]);
    expect(sealVerdict(verification)).toBe('valid');
  });

  it('carries role and comment as part of what is signed', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    const commitment = { role: 'reviewer', comment: 'Қарап шықтым: agreed.' } as const;
    await addSignature(folder, reviewer, { clock, commitment });
    const { signers } = await verifySealedFolder(folder);
    expect(signers.map((signer) => [signer.source, signer.commitment?.role, signer.commitment?.comment])).toEqual([
      ['manifest-sha256.txt.p7s', undefined, undefined],
      ['manifest-sha256.txt.2.p7s', 'reviewer', commitment.comment],
    ]);
  });

  it('takes no second signature of the same person', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    await expect(addSignature(folder, examiner, { clock })).rejects.toMatchObject({ code: 'signed-already' });
  });

  it('does not make a seal valid whose own signer is not the one that was named', async () => {
    const folder = await report();
    await sealFolder(folder, reviewer, { clock });
    await addSignature(folder, examiner, { clock });
    expect(sealVerdict(await verifySealedFolder(folder, { trusted: [examiner.certificate] }))).toBe('invalid');
  });

  it('refuses to put a name to a seal that does not hold', async () => {
    const folder = await report();
    await sealFolder(folder, examiner, { clock });
    await writeFile(join(folder, 'report.html'), 'changed');
    await expect(addSignature(folder, reviewer, { clock })).rejects.toMatchObject({
      code: 'seal-broken',
      details: { subject: 'report.html' },
    });
    await expect(addSignature(await report(), reviewer, { clock })).rejects.toMatchObject({ code: 'seal-broken' });
  });
});
