import * as pkijs from 'pkijs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDer, toDer } from '../../../../src/seal/asn1/der.ts';
import { decryptPbes2, encryptedPrivateKeyInfo, encryptPbes2, keyIterations } from '../../../../src/seal/key/pbes2.ts';
import { systemRandom } from '../../../../src/seal/random.ts';

const secret = Buffer.from('a passphrase');
const algorithmOf = (block: Parameters<typeof toDer>[0]): pkijs.AlgorithmIdentifier =>
  new pkijs.AlgorithmIdentifier({ schema: readDer(toDer(block)) });

describe('encryptPbes2', () => {
  it('derives the key with at least 600 000 iterations and says so', async () => {
    const encrypted = await encryptPbes2(Buffer.from('x'), secret, systemRandom);
    expect(keyIterations).toBeGreaterThanOrEqual(600_000);
    // INTEGER 600000
    expect(Buffer.from(encryptedPrivateKeyInfo(encrypted)).includes(Buffer.from('02030927c0', 'hex'))).toBe(true);
  });

  it('gives back any bytes with the same passphrase, and never with another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (plaintext) => {
        const { algorithm, ciphertext } = await encryptPbes2(plaintext, secret, systemRandom);
        const right = await decryptPbes2(algorithmOf(algorithm), ciphertext, secret);
        const wrong = await decryptPbes2(algorithmOf(algorithm), ciphertext, Buffer.from('another'));
        return (
          Buffer.compare(right!, plaintext) === 0 && (wrong === undefined || Buffer.compare(wrong, plaintext) !== 0)
        );
      }),
      { numRuns: 3 },
    );
  });

  it('takes salt and initialisation vector from the generator, so that equal keys look different', async () => {
    const one = await encryptPbes2(Buffer.from('x'), secret, systemRandom);
    const two = await encryptPbes2(Buffer.from('x'), secret, systemRandom);
    expect(one.ciphertext).not.toEqual(two.ciphertext);
    const zeros = (length: number): Uint8Array => new Uint8Array(length);
    const [a, b] = [await encryptPbes2(secret, secret, zeros), await encryptPbes2(secret, secret, zeros)];
    expect(a.ciphertext).toEqual(b.ciphertext);
  });
});
