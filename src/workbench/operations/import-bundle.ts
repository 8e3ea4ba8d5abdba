import { resolve } from 'node:path';
import type { z } from 'zod';
import { importCase } from '../../bundle/import-case.ts';
import { openBundle } from '../../bundle/open-bundle.ts';
import { openCase } from '../../case/open-case.ts';
import type { importBundle } from '../../contract/bundle-operations.ts';
import { fingerprintWords } from '../../seal/fingerprint/fingerprint-words.ts';
import { ageSecrets } from '../age-secrets.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import { verificationTrust } from '../known-certificates.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity, unlock } from '../signer.ts';

/** Answers `bundle.import`: verifies a bundle, then makes a case of it that goes on from the sender's custody log. */
export async function importBundleOperation(
  engine: Engine,
  input: z.infer<typeof importBundle.input>,
  context: OperationContext,
): Promise<z.infer<typeof importBundle.output>> {
  const asked = askOnce(context);
  const path = resolve(input.path);
  const trust = await verificationTrust(engine, input);
  const { source } = await openBundle(path, () => ageSecrets(engine, asked));
  try {
    const identity = await signingIdentity(engine);
    const { verification, bundleSha256, seenBefore } = await importCase({
      ...{ source, path, folder: input.folder, identity },
      trust,
      unlock: () => unlock(identity, 'certify', asked),
      state: engine.state,
      clock: engine.clock,
      randomUuid: engine.randomUuid,
      acceptOlder: input.acceptOlder ?? false,
      progress: context.progress,
      signal: context.signal,
    });
    const opened = await openCase({ folder: resolve(input.folder), mode: 'read', clock: engine.clock });
    const entries = opened.custody.entries();
    const [sender] = verification.signers;
    return {
      case: caseSummary(opened),
      sender: {
        name: sender?.name ?? '',
        fingerprint: sender?.fingerprint ?? '',
        words: fingerprintWords(sender?.fingerprint ?? '').join(' '),
        practice: sender?.practice ?? false,
        trusted: sender?.recognition === 'trusted',
      },
      bundleSha256,
      seenBefore,
      exhibits: opened.exhibits().length,
      chapters: 1 + entries.filter(({ action }) => action === 'case.imported').length,
      entries: entries.length,
    };
  } finally {
    await source.close();
  }
}

/** Opening what is encrypted and certifying the new custody key take the same passphrase: it is asked for once. */
function askOnce(context: OperationContext): Pick<OperationContext, 'passphrase'> {
  const { passphrase } = context;
  if (passphrase === undefined) return {};
  let answer: Promise<string> | undefined;
  return { passphrase: (purpose) => (answer ??= passphrase(purpose)) };
}
