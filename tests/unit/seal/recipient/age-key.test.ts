import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePassphrase } from '../../../../src/seal/identity/change-passphrase.ts';
import { createIdentity } from '../../../../src/seal/identity/create-identity.ts';
import { loadIdentity } from '../../../../src/seal/identity/load-identity.ts';
import { ensureAgeKey, openAgeKey } from '../../../../src/seal/recipient/age-key.ts';
import { ageRecipientOf } from '../../../../src/seal/recipient/age-recipient.ts';
import { bech32 } from '../../../../src/seal/recipient/bech32.ts';

let folder: string;
const passphrase = 'correct horse battery';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-age-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const create = () => createIdentity({ folder: join(folder, 'id'), name: 'Anna', passphrase, clock: () => new Date() });

describe('an identity’s age key', () => {
  it('is named by the certificate, and is the one that the secret opens', async () => {
    const identity = await create();
    expect(ageRecipientOf(identity.certificate)).toBe(identity.ageRecipient);
    const secret = await openAgeKey(identity, passphrase);
    // A library of another hand says the same of the secret.
    expect(await identityToRecipient(secret ?? '')).toBe(identity.ageRecipient);
    expect((await loadIdentity(identity.folder))?.ageRecipient).toBe(identity.ageRecipient);
    expect((await stat(join(identity.folder, 'age-key.pem'))).mode & 0o777).toBe(0o600);
  });

  it('opens with the identity’s passphrase and no other, also after it was changed', async () => {
    const identity = await create();
    const secret = await openAgeKey(identity, passphrase);
    await expect(openAgeKey(identity, 'another passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await changePassphrase(identity, { from: passphrase, to: 'another passphrase' });
    expect(await openAgeKey(identity, 'another passphrase')).toBe(secret);
    await expect(openAgeKey(identity, passphrase)).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  it('is made once for an identity that has none', async () => {
    const { ageRecipient: _none, ...identity } = await create();
    await rm(join(identity.folder, 'age-key.pem'));
    expect(await openAgeKey(identity, passphrase)).toBeUndefined();
    await expect(ensureAgeKey(identity, 'wrong passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    const recipient = await ensureAgeKey(identity, passphrase);
    expect(await identityToRecipient((await openAgeKey(identity, passphrase)) ?? '')).toBe(recipient);
  });
});

describe('bech32', () => {
  it('writes the published example', () => {
    // BIP 173: a data part of 32 times zero.
    expect(bech32('split', Buffer.from('c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d', 'hex'))).toBe(
      'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
    );
  });
});
