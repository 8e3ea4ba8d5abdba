import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import { looksLikeBundle } from '../../bundle/open-bundle.ts';
import { isUnpackedBundle } from '../../bundle/verify-unpacked.ts';
import { caseFiles } from '../../case/case-layout.ts';
import type { verify } from '../../contract/operations.ts';
import { sealFiles } from '../../seal/sealed-folder/seal-files.ts';
import type { Engine } from '../engine.ts';
import { verificationTrust } from '../known-certificates.ts';
import type { OperationContext } from '../operation-context.ts';
import { verifyBundleFile } from '../verification/verify-bundle-file.ts';
import { looksLikePdf, verifyPdf } from '../verification/verify-pdf.ts';
import { verifyReport } from '../verification/verify-report.ts';
import { verifyWholeCase } from '../verification/verify-whole-case.ts';

type Answer = z.infer<typeof verify.output>;

/** Answers `verify`: every check of a case, a sealed report, a bundle or a signed PDF, and one word for the whole. */
export async function verifyOperation(
  engine: Engine,
  input: z.infer<typeof verify.input>,
  context: OperationContext,
): Promise<Answer> {
  const path = resolve(input.path);
  const trust = await verificationTrust(engine, input);
  if (await isThere(join(path, caseFiles.record))) return verifyWholeCase(engine, path, trust, context);
  if (await isUnpackedBundle(path)) return verifyBundleFile(engine, path, trust, context);
  if (await isThere(join(path, sealFiles.manifest))) return verifyReport(path, trust, context);
  if (!(await isThere(path))) throw new AssayError('file-not-found', { path });
  // A folder with a custody log and no case.json is a damaged case, and says so.
  if (await isThere(join(path, caseFiles.custody))) return verifyWholeCase(engine, path, trust, context);
  if (await looksLikeBundle(path)) return verifyBundleFile(engine, path, trust, context);
  if (await looksLikePdf(path)) return verifyPdf(path, trust);
  throw new AssayError('nothing-to-verify', { path });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
