import type { z } from 'zod';
import { exportCase } from '../../bundle/export-case.ts';
import { keptSeal } from '../../bundle/kept-seal.ts';
import { readRecipients } from '../../bundle/age/read-recipients.ts';
import { writeDerived } from '../../bundle/derived/write-derived.ts';
import type { exportBundle } from '../../contract/bundle-operations.ts';
import { wholeSeconds } from '../../seal/asn1/time.ts';
import { verifiedSignature } from '../../seal/sealed-folder/seal-folder.ts';
import { requireValidNow } from '../../seal/signer/require-valid-now.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity, unlock } from '../signer.ts';
import { withCase } from '../with-case.ts';

/** Answers `bundle.export`: packs a case into one sealed bag, encrypted to whom the person names. */
export async function exportBundleOperation(
  engine: Engine,
  input: z.infer<typeof exportBundle.input>,
  context: OperationContext,
): Promise<z.infer<typeof exportBundle.output>> {
  const recipients = await readRecipients(input.to ?? []);
  const identity = await signingIdentity(engine);
  const scope = input.scope ?? 'reports';
  return withCase(engine, input.folder, context, async (target) => {
    const text = await engine.text(target.record.language);
    const { files, payloadBytes, path, sizeBytes, sha256, bundleSha256 } = await exportCase(target, {
      scope,
      out: input.out,
      recipients,
      certificate: identity.certificate,
      issuers: identity.issuers,
      text,
      assayVersion: engine.version,
      writeDerived: (opened, folder, signal) => writeDerived(opened, { folder, text, caseUrl: '../case', signal }),
      randomUuid: engine.randomUuid,
      progress: context.progress,
      signal: context.signal,
      sign: (tagManifest) =>
        keptSeal(engine.state, tagManifest, identity.certificate, async () => {
          const signer = await unlock(identity, 'seal', context);
          const signingTime = wholeSeconds(engine.clock());
          requireValidNow(signer, signingTime);
          return verifiedSignature(tagManifest, signer, { signingTime });
        }),
    });
    return {
      case: caseSummary(target),
      ...{ path, scope, sizeBytes, sha256, bundleSha256, files, payloadBytes },
      recipients: [...recipients],
      practice: identity.practice,
    };
  });
}
