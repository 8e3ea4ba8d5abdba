import { lstat } from 'node:fs/promises';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { showReportFolder } from '../../contract/window-operations.ts';
import { openFolder } from '../../tools/open-folder.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

/**
 * Answers `report.show`: shows a sealed report's folder in the person's file manager. SECURITY: the page names a report, never a path;
 * a link in its place is not followed, for a case may come from elsewhere.
 */
export async function showReportFolderOperation(
  session: WindowSession,
  input: z.infer<typeof showReportFolder.input>,
): Promise<z.infer<typeof showReportFolder.output>> {
  const folder = heldCase(session, input.folder).layout.report(input.report);
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new AssayError('file-not-found', { path: folder });
  return { shown: await openFolder(folder, { env: session.engine.env, platform: process.platform }) };
}
