import type { z } from 'zod';
import type { CheckedBag } from '../../bundle/check-bag.ts';
import { openBundle } from '../../bundle/open-bundle.ts';
import { verifyBundle } from '../../bundle/verify-bundle.ts';
import { isUnpackedBundle, verifyUnpacked } from '../../bundle/verify-unpacked.ts';
import type { verify } from '../../contract/operations.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import { ageSecrets } from '../age-secrets.ts';
import type { Engine } from '../engine.ts';
import { listedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';

/**
 * The answer of `verify` for a bundle, which is not unpacked for it; an encrypted one is opened piece by piece. Also for
 * the folder that unpacking one made.
 */
export async function verifyBundleFile(
  engine: Engine,
  path: string,
  trust: TrustOptions,
  context: OperationContext,
): Promise<z.infer<typeof verify.output>> {
  const options = { ...trust, progress: context.progress, signal: context.signal };
  if (await isUnpackedBundle(path)) return answer(path, await verifyUnpacked(path, options));
  const { source } = await openBundle(path, () => ageSecrets(engine, context));
  try {
    return answer(path, await verifyBundle(source, options));
  } finally {
    await source.close();
  }
}

function answer(path: string, bag: CheckedBag): z.infer<typeof verify.output> {
  return {
    path,
    kind: 'bundle',
    outcome: sealVerdict(bag),
    signers: bag.signers.map(listedSigner),
    checks: [...bag.checks],
  };
}
