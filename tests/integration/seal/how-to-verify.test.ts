import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintWithColons } from '../../../src/seal/fingerprint/fingerprint-words.ts';
import { createIdentity } from '../../../src/seal/identity/create-identity.ts';
import { unlockIdentity } from '../../../src/seal/identity/unlock-identity.ts';
import { howToVerifyText } from '../../../src/seal/sealed-folder/how-to-verify.ts';
import { sealFolder } from '../../../src/seal/sealed-folder/seal-folder.ts';
import { signDetached } from '../../../src/seal/signature/sign-detached.ts';
import type { Signer } from '../../../src/seal/signer/signer.ts';
import { flipBit, makeSigner, temporaryFolder } from '../../unit/seal/fixtures.ts';
import { translateSeal } from '../../unit/seal/translate-seal.ts';
import { shell } from './openssl.ts';
import type { Ran } from './openssl.ts';

const clock = (): Date => new Date();

async function sealed(signer: Signer): Promise<string> {
  const folder = join(await temporaryFolder(), 'R001 it\'s "here"');
  await mkdir(join(folder, 'pictures'), { recursive: true });
  for (const name of [
    'report.html',
    'pictures/a b.png',
    'pictures/-dash',
    'pictures/*',
    'pictures/new\nline\\',
    'pictures/Қ.png',
  ])
    await writeFile(join(folder, name), `content of ${name}`);
  await writeFile(join(folder, 'HOW-TO-VERIFY.txt'), howToVerifyText(signer.certificate, translateSeal));
  await sealFolder(folder, signer, { clock });
  return folder;
}

/** What a reader does: takes each indented command from the file and runs it as it is printed. */
async function runAsPrinted(folder: string): Promise<readonly Ran[]> {
  const text = await readFile(join(folder, 'HOW-TO-VERIFY.txt'), 'utf8');
  const commands = [...text.matchAll(/^ {4}((?:sha256sum|openssl) .+)$/gm)].map((match) => match[1]!);
  expect(commands).toHaveLength(3);
  return commands.map((command) => shell(command, folder));
}

async function examiner(): Promise<Signer> {
  const folder = join(await temporaryFolder(), 'identity');
  const passphrase = 'four words in row';
  return unlockIdentity(
    await createIdentity({ folder, name: 'Айнұр Ғалымқызы', organisation: 'Lab', country: 'KZ', passphrase, clock }),
    passphrase,
  );
}

describe('HOW-TO-VERIFY.txt, run as printed', () => {
  it('answers as it says it will', async () => {
    const signer = await examiner();
    const [files, signature, who] = await runAsPrinted(await sealed(signer));
    expect(files).toMatchObject({ status: 0 });
    expect(files!.output.trim().split('\n')).toHaveLength(8);
    expect(
      files!.output
        .trim()
        .split('\n')
        .every((line) => line.endsWith('OK')),
    ).toBe(true);
    expect(signature).toMatchObject({
      status: 0,
      output: expect.stringContaining('Verification successful') as string,
    });
    expect(who!.status).toBe(0);
    expect(who!.output).toContain(fingerprintWithColons(signer.certificate.sha256));
    expect(who!.output).toContain('Айнұр Ғалымқызы');
  });

  it('finds a changed file, a missing file, a changed list and a changed signature', async () => {
    const signer = await makeSigner({ notBefore: new Date(0) });
    const statuses = async (harm: (folder: string) => Promise<void>): Promise<readonly boolean[]> => {
      const folder = await sealed(signer);
      await harm(folder);
      return (await runAsPrinted(folder)).map(({ status }) => status === 0);
    };
    expect(await statuses((folder) => appendFile(join(folder, 'report.html'), ' '))).toEqual([false, true, true]);
    expect(await statuses((folder) => rm(join(folder, 'pictures', '-dash')))).toEqual([false, true, true]);
    expect(await statuses((folder) => appendFile(join(folder, 'manifest-sha256.txt'), 'x'))).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      await statuses(async (folder) => {
        const path = join(folder, 'manifest-sha256.txt.p7s');
        const der = await readFile(path);
        await writeFile(path, flipBit(der, der.length * 8 - 1));
      }),
    ).toEqual([true, false, false]);
  });

  it('shows the certificate that signed, not one that a forger put beside it', async () => {
    const genuine = await makeSigner({ notBefore: new Date(0) });
    const forger = await makeSigner({ notBefore: new Date(0) });
    const folder = await sealed(genuine);
    await writeFile(join(folder, 'report.html'), 'forged');
    await rm(join(folder, 'manifest-sha256.txt.p7s'));
    await sealFolder(folder, forger, { clock });
    // The forger shows the genuine certificate, and makes everything fit again.
    await writeFile(join(folder, 'signer-certificate.pem'), genuine.certificate.pem + forger.certificate.pem);
    const manifest = shell(
      'find . -type f ! -name "manifest*" -printf "%P\\0" | sort -z | xargs -0 sha256sum --',
      folder,
    );
    await writeFile(join(folder, 'manifest-sha256.txt'), manifest.output);
    const signature = await signDetached(Buffer.from(manifest.output), forger, { signingTime: clock() });
    await writeFile(join(folder, 'manifest-sha256.txt.p7s'), signature);
    const [files, verified, who] = await runAsPrinted(folder);
    expect([files!.status, verified!.status, who!.status]).toEqual([0, 0, 0]);
    expect(who!.output).toContain(fingerprintWithColons(forger.certificate.sha256));
    expect(who!.output).not.toContain(fingerprintWithColons(genuine.certificate.sha256));
  });

  it('lists the files as sha256sum itself would', async () => {
    const folder = await sealed(await makeSigner({ notBefore: new Date(0) }));
    const own = shell(
      'find . -type f ! -name "manifest*" -printf "%P\\0" | LC_ALL=C sort -z | xargs -0 sha256sum --',
      folder,
    );
    expect(await readFile(join(folder, 'manifest-sha256.txt'), 'utf8')).toBe(own.output);
  });
});
