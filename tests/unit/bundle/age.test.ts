import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { openAgeSource } from '../../../src/bundle/age/age-source.ts';
import { readRecipients } from '../../../src/bundle/age/read-recipients.ts';
import { encryptFor } from '../../../src/bundle/age/encrypt-for.ts';
import { fileSource, memorySource, piecesOf } from '../../../src/bundle/byte-source.ts';
import { openBundle } from '../../../src/bundle/open-bundle.ts';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { readKeptPassphrase } from '../../../src/seal/identity/identity-folder.ts';
import { makeAgeKey, openAgeKey } from '../../../src/seal/recipient/age-key.ts';
import { openBench, type Bench } from '../case/case-fixture.ts';
import { packCase, smallCase } from './bundle-fixture.ts';

let bench: Bench;
let sealed: Buffer;
let secret: string;

beforeAll(async () => {
  bench = await openBench();
  const made = await smallCase(bench, 'case');
  const recipients = [(await makeAgeKey()).recipient, bench.identity.ageRecipient ?? ''];
  const { path } = await packCase(bench, made, bench.path('sealed.age'), { recipients });
  await made.close();
  sealed = await readFile(path);
  secret = (await openAgeKey(bench.identity, await readKeptPassphrase(bench.identity.folder))) ?? '';
});

afterAll(() => bench.remove());

async function isWhole(bytes: Buffer): Promise<boolean> {
  try {
    const { checks } = await verifyBundle(await openAgeSource(memorySource(bytes), secret, 'sealed.age'));
    return checks.every(({ outcome }) => outcome !== 'failed');
  } catch (error) {
    // Only errors with words of their own: nothing else may come out.
    expect(['bundle-unreadable', 'bundle-not-for-us', 'bundle-altered']).toContain((error as { code?: string }).code);
    return false;
  }
}

describe('an encrypted bundle', () => {
  it('shows every flipped bit, at 300 seeded positions and all through its header', { timeout: 60_000 }, async () => {
    expect(await isWhole(sealed)).toBe(true);
    const random = seededRandom(2027);
    const header = sealed.indexOf('\n', sealed.indexOf('\n--- ') + 1);
    const positions = [
      ...Array.from({ length: header + 17 }, (_, index) => index),
      ...Array.from({ length: 300 }, () => Math.floor(random.unit() * sealed.length)),
    ];
    const unseen: number[] = [];
    for (const position of positions) {
      const changed = Buffer.from(sealed);
      changed[position] = (changed[position] ?? 0) ^ (1 << Math.floor(random.unit() * 8));
      if (await isWhole(changed)) unseen.push(position);
    }
    expect(unseen).toEqual([]);
  });

  it('opens to nobody else, and asks for a key only where there is something encrypted', async () => {
    let asked = 0;
    const none = () => {
      asked += 1;
      return Promise.resolve([]);
    };
    await expect(openBundle(bench.path('sealed.age'), none)).rejects.toMatchObject({ code: 'bundle-not-for-us' });
    await writeFile(bench.path('plain.zip'), 'PK\u0003\u0004');
    const { source, encrypted } = await openBundle(bench.path('plain.zip'), none);
    await source.close();
    expect([encrypted, asked]).toEqual([false, 1]);
  });
});

describe('encryptFor', () => {
  it('gives back what it was given, also where the pieces come in one buffer that is used again', async () => {
    const plain = Buffer.from(
      Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31 + (index >> 10)) & 0xff),
    );
    await writeFile(bench.path('plain.bin'), plain);
    const file = await fileSource(bench.path('plain.bin'));
    const pieces: Uint8Array[] = [];
    for await (const piece of encryptFor([bench.identity.ageRecipient ?? ''], piecesOf(file, 0, file.sizeBytes)))
      pieces.push(piece);
    await file.close();
    const source = await openAgeSource(memorySource(Buffer.concat(pieces)), secret, 'x');
    expect(Buffer.compare(await source.read(0, source.sizeBytes), plain)).toBe(0);
  });
});

describe('readRecipients', () => {
  it('takes age1… itself and certificates that name one, each once', async () => {
    const own = bench.identity.ageRecipient ?? '';
    await writeFile(bench.path('partner.pem'), bench.identity.certificate.pem);
    await writeFile(bench.path('partner.der'), bench.identity.certificate.der);
    expect(await readRecipients([own, bench.path('partner.pem'), bench.path('partner.der')])).toEqual([own]);
  });

  it('takes nothing else, and says what to ask for', async () => {
    const custody = bench.signer.certificate.pem;
    expect(custody).toContain('BEGIN CERTIFICATE');
    await expect(readRecipients(['age1nonsense'])).rejects.toMatchObject({ code: 'recipient-unusable' });
    await expect(readRecipients([bench.path('nowhere.pem')])).rejects.toMatchObject({ code: 'recipient-unusable' });
    const own = bench.identity.ageRecipient ?? '';
    const typo = `${own.slice(0, -1)}${own.endsWith('q') ? 'p' : 'q'}`;
    await expect(readRecipients([typo])).rejects.toMatchObject({ code: 'recipient-unusable' });
  });
});
