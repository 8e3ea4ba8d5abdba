import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { practiceMarker } from '../../../../src/seal/certificate/practice-marker.ts';
import { changePassphrase } from '../../../../src/seal/identity/change-passphrase.ts';
import { createIdentity } from '../../../../src/seal/identity/create-identity.ts';
import { loadIdentity } from '../../../../src/seal/identity/load-identity.ts';
import {
  createPracticeIdentity,
  ensurePracticeIdentity,
  unlockPracticeIdentity,
} from '../../../../src/seal/identity/practice-identity.ts';
import { clock, temporaryFolder } from '../fixtures.ts';

describe('a practice identity', () => {
  it('says of itself, in its certificate, that it shows integrity and not who signed', async () => {
    const folder = join(await temporaryFolder(), 'practice');
    const identity = await createPracticeIdentity({ folder, clock });
    expect(identity.practice).toBe(true);
    expect(identity.certificate.subject).toEqual({
      commonName: 'Practice identity',
      organisationalUnit: practiceMarker,
    });
    expect((await loadIdentity(folder))?.practice).toBe(true);
  });

  it('opens without a person, with a random passphrase that nobody else may read', async () => {
    const folder = join(await temporaryFolder(), 'practice');
    const identity = await createPracticeIdentity({ folder, clock });
    const path = join(folder, 'passphrase.txt');
    expect(await readFile(path, 'utf8')).toMatch(/^[\w-]{32}\n$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await unlockPracticeIdentity(identity)).certificate.sha256).toBe(identity.fingerprint);
  });

  it('is made once, also when several ask at the same time', async () => {
    const folder = join(await temporaryFolder(), 'practice');
    const asked = await Promise.all(Array.from({ length: 4 }, () => ensurePracticeIdentity({ folder, clock })));
    expect(new Set(asked.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect((await ensurePracticeIdentity({ folder, clock })).fingerprint).toBe(asked[0]!.fingerprint);
  });

  it('never takes the place of a person, and keeps its passphrase', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    await createIdentity({ folder, name: 'Examiner', passphrase: 'four words in row', clock });
    await expect(ensurePracticeIdentity({ folder, clock })).rejects.toMatchObject({ code: 'identity-exists' });
    const practice = await createPracticeIdentity({ folder: `${folder}-practice`, clock });
    await expect(changePassphrase(practice, { from: 'x', to: 'four words in row' })).rejects.toMatchObject({
      code: 'wrong-use',
    });
  });
});
