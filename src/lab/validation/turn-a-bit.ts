import { cp, open } from 'node:fs/promises';
import { join } from 'node:path';
import { reportFiles } from '../../report/write-report.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';

/**
 * Copies a sealed report, turns one bit in its middle file over and verifies the copy.
 *
 * @returns which file was changed, and the one that verification names for it
 */
export async function turnABit(
  report: string,
  workFolder: string,
): Promise<{ readonly turned: string; readonly found: string | undefined }> {
  const copy = join(workFolder, 'turned-bit');
  await cp(report, copy, { recursive: true });
  const turned = reportFiles.json;
  const file = await open(join(copy, turned), 'r+');
  try {
    const { size } = await file.stat();
    const at = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  } finally {
    await file.close();
  }
  const { checks } = await verifySealedFolder(copy);
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  return { turned, found: failed.length === 1 ? failed[0]?.subject : undefined };
}
