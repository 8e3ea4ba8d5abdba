import type { z } from 'zod';
import { openBundle } from '../../bundle/open-bundle.ts';
import { verifyBundle } from '../../bundle/verify-bundle.ts';
import type { verify } from '../../contract/operations.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import { ageSecrets } from '../age-secrets.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import type { Engine } from '../engine.ts';
import { listedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';

/** The answer of `verify` for a bundle, which is not unpacked for it; an encrypted one is opened piece by piece. */
export async function verifyBundleFile(
  engine: Engine,
  path: string,
  trust: TrustOptions,
  context: OperationContext,
): Promise<z.infer<typeof verify.output>> {
  const { source } = await openBundle(path, () => ageSecrets(engine, context));
  try {
    const verification = await verifyBundle(source, {
      ...trust,
      progress: context.progress,
      signal: context.signal,
    });
    return {
      path,
      kind: 'bundle',
      outcome: sealVerdict(verification),
      signers: verification.signers.map(listedSigner),
      checks: [...verification.checks],
    };
  } finally {
    await source.close();
  }
}
