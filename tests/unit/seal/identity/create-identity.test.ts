import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIdentity } from '../../../../src/seal/identity/create-identity.ts';
import { loadIdentity } from '../../../../src/seal/identity/load-identity.ts';
import { fingerprintWords } from '../../../../src/seal/fingerprint/fingerprint-words.ts';
import { clock, noon, temporaryFolder } from '../fixtures.ts';

const wanted = { name: 'Айнұр Ғалымқызы', passphrase: 'four words in row', clock };

describe('createIdentity', () => {
  it('makes an identity that loads with the same public part', async () => {
    const folder = join(await temporaryFolder(), 'not', 'there', 'yet');
    const identity = await createIdentity({ ...wanted, folder, organisation: 'Lab', country: 'KZ' });
    expect(await loadIdentity(folder)).toEqual(identity);
    expect(identity).toMatchObject({
      name: 'Айнұр Ғалымқызы',
      organisation: 'Lab',
      country: 'KZ',
      practice: false,
      createdAt: noon,
      notAfter: new Date('2055-06-01T12:00:00Z'),
      issuers: [],
      fingerprintWords: fingerprintWords(identity.fingerprint),
    });
    expect(identity.certificate.keyUsage).toEqual(['digitalSignature', 'nonRepudiation', 'keyCertSign']);
    expect(identity.certificate.pathLength).toBe(0);
  });

  it('lets nobody else read the folder or its files, and leaves nothing beside it', async () => {
    const parent = await temporaryFolder();
    const folder = join(parent, 'identity');
    await createIdentity({ ...wanted, folder });
    expect(await readdir(parent)).toEqual(['identity']);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await readdir(folder)).sort()).toEqual([
      'age-key.pem',
      'age-recipient.txt',
      'certificate.pem',
      'private-key.pem',
    ]);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('keeps the private key encrypted only', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    await createIdentity({ ...wanted, folder });
    expect(await readFile(join(folder, 'private-key.pem'), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  });

  it('never replaces an identity', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    const first = await createIdentity({ ...wanted, folder });
    await expect(createIdentity({ ...wanted, folder })).rejects.toMatchObject({ code: 'identity-exists' });
    expect((await loadIdentity(folder))?.fingerprint).toBe(first.fingerprint);
  });

  it('takes an empty folder, and refuses one that holds something else', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    await mkdir(join(folder, 'used'));
    await writeFile(join(folder, 'used', 'letter.txt'), 'x');
    await createIdentity({ ...wanted, folder: join(folder, 'empty') });
    await expect(createIdentity({ ...wanted, folder: join(folder, 'used') })).rejects.toMatchObject({
      code: 'file-not-writable',
    });
    expect((await readdir(folder)).sort()).toEqual(['empty', 'used']);
    expect(await readdir(join(folder, 'used'))).toEqual(['letter.txt']);
  });

  it('leaves one whole identity when two processes make one at the same time', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    const outcomes = await Promise.allSettled([
      createIdentity({ ...wanted, folder }),
      createIdentity({ ...wanted, folder }),
    ]);
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(made).toHaveLength(1);
    expect((await loadIdentity(folder))?.fingerprint).toBe(made[0]!.value.fingerprint);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'identity-exists' } });
  });

  it('refuses a passphrase of seven characters, counting letters and not code units', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    await expect(createIdentity({ ...wanted, folder, passphrase: '🔑🔑🔑🔑🔑🔑🔑' })).rejects.toMatchObject({
      code: 'passphrase-too-short',
    });
    await expect(loadIdentity(folder)).resolves.toBeUndefined();
  });

  it.each([
    ['an empty name', { name: ' ' }],
    ['a name of 65 characters', { name: 'x'.repeat(65) }],
    ['a name with a line break', { name: 'Anna\nB' }],
    ['a name that turns the direction of writing', { name: 'Anna\u202E' }],
    ['an empty organisation', { organisation: '' }],
    ['a country in words', { country: 'Kazakhstan' }],
    ['a country in small letters', { country: 'kz' }],
  ])('refuses %s', async (_, part) => {
    const folder = join(await temporaryFolder(), 'identity');
    await expect(createIdentity({ ...wanted, ...part, folder })).rejects.toMatchObject({
      code: 'identity-name-unusable',
    });
  });
});
