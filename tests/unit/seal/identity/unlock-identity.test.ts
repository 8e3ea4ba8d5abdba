import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changePassphrase } from '../../../../src/seal/identity/change-passphrase.ts';
import { createIdentity } from '../../../../src/seal/identity/create-identity.ts';
import { loadIdentity } from '../../../../src/seal/identity/load-identity.ts';
import type { Identity } from '../../../../src/seal/identity/identity.ts';
import { unlockIdentity } from '../../../../src/seal/identity/unlock-identity.ts';
import { clock, temporaryFolder } from '../fixtures.ts';

const passphrase = 'Сөйлем ұзақ é';
const makeIdentity = async (): Promise<Identity> =>
  createIdentity({ folder: join(await temporaryFolder(), 'identity'), name: 'Examiner', passphrase, clock });

describe('unlockIdentity', () => {
  it('opens with the passphrase, also typed with separate accents', async () => {
    const identity = await makeIdentity();
    const signer = await unlockIdentity(identity, passphrase.normalize('NFD'));
    expect(signer.certificate.sha256).toBe(identity.fingerprint);
  });

  it('refuses every other passphrase with the same error', async () => {
    const identity = await makeIdentity();
    for (const wrong of ['', 'four words in row', `${passphrase} `])
      await expect(unlockIdentity(identity, wrong)).rejects.toMatchObject({
        code: 'wrong-passphrase',
        details: { path: join(identity.folder, 'private-key.pem') },
      });
  });

  it('says that an identity is damaged when its key is gone, cut off or another one', async () => {
    const [identity, other] = [await makeIdentity(), await makeIdentity()];
    const path = join(identity.folder, 'private-key.pem');
    const pem = await readFile(path, 'utf8');
    await writeFile(path, pem.slice(0, 150));
    await expect(unlockIdentity(identity, passphrase)).rejects.toMatchObject({ code: 'identity-damaged' });
    await copyFile(join(other.folder, 'private-key.pem'), path);
    await expect(unlockIdentity(identity, passphrase)).rejects.toMatchObject({
      code: 'identity-damaged',
      details: { reason: 'the private key belongs to another certificate' },
    });
    await rm(path);
    await expect(unlockIdentity(identity, passphrase)).rejects.toMatchObject({ code: 'identity-damaged' });
  });
});

describe('loadIdentity', () => {
  it('is undefined where there is none, and an error where the certificate is damaged', async () => {
    const folder = await temporaryFolder();
    expect(await loadIdentity(folder)).toBeUndefined();
    expect(await loadIdentity(join(folder, 'nowhere'))).toBeUndefined();
    await writeFile(join(folder, 'certificate.pem'), 'no certificate');
    await expect(loadIdentity(folder)).rejects.toMatchObject({ code: 'identity-damaged' });
  });
});

describe('changePassphrase', () => {
  it('opens with the new passphrase only, and keeps the certificate', async () => {
    const identity = await makeIdentity();
    await changePassphrase(identity, { from: passphrase, to: 'something else' });
    await expect(unlockIdentity(identity, passphrase)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await unlockIdentity(identity, 'something else');
    expect(await loadIdentity(identity.folder)).toEqual(identity);
  });

  it('changes nothing when the old passphrase is wrong or the new one too short', async () => {
    const identity = await makeIdentity();
    const before = await readFile(join(identity.folder, 'private-key.pem'), 'utf8');
    await expect(changePassphrase(identity, { from: 'wrong one', to: 'something else' })).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    await expect(changePassphrase(identity, { from: passphrase, to: 'short' })).rejects.toMatchObject({
      code: 'passphrase-too-short',
    });
    expect(await readFile(join(identity.folder, 'private-key.pem'), 'utf8')).toBe(before);
  });
});
