import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '../case/durable-file.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import { verifyDetached } from '../seal/signature/verify-detached.ts';

/**
 * Signs these bytes, or gives the signature that this identity made over the very same bytes before. A signature is
 * never the same twice; kept, it makes packing the same case again give the same bundle, byte for byte. It says nothing
 * new: the same person sealed the same bytes.
 */
export async function keptSeal(
  state: string,
  content: Uint8Array,
  certificate: Certificate,
  sign: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const name = createHash('sha256').update(content).update(certificate.der).digest('hex');
  const path = join(state, 'bundle-seals', `${name}.p7s`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) {
    const { signers } = verifyDetached(content, kept);
    if (signers.length === 1 && signers[0]?.valid === true && signers[0].fingerprint === certificate.sha256)
      return kept;
  }
  const made = await sign();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomically(path, made, { mode: 0o600 });
  return made;
}
