import { join } from 'node:path';
import type { z } from 'zod';
import type { signReport } from '../../contract/operations.ts';
import { fingerprintWords } from '../../seal/fingerprint/fingerprint-words.ts';
import { furtherSignatureFor } from '../../seal/sealed-folder/add-signature.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { addToReport, findReport } from '../report-place.ts';
import { signingIdentity, unlock } from '../signer.ts';

/** Answers `report.sign`: a further signer's signature over the same manifest, with role and comment. */
export async function signReportOperation(
  engine: Engine,
  input: z.infer<typeof signReport.input>,
  context: OperationContext,
): Promise<z.infer<typeof signReport.output>> {
  const place = await findReport(input.path);
  const identity = await signingIdentity(engine);
  const { role = 'reviewer', comment } = input;
  const said = comment === undefined ? {} : { comment };
  const signature = await addToReport(engine, place, context, async () => {
    const signer = await unlock(identity, 'seal', context);
    const { name, der } = await furtherSignatureFor(place.folder, signer, {
      clock: engine.clock,
      commitment: { role, ...said },
      signal: context.signal,
      progress: context.progress,
    });
    return { files: new Map([[name, der]]), answer: name };
  });
  return {
    path: place.folder,
    signature: join(place.folder, signature),
    name: identity.name,
    fingerprint: identity.fingerprint,
    words: fingerprintWords(identity.fingerprint).join(' '),
    practice: identity.practice,
    role,
    ...said,
    recordedIn: place.caseFolder ?? null,
  };
}
