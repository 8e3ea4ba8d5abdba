import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

const folder = resolve(import.meta.dirname, '../../../shared/media');

/** Folder of real media with known answers, where this checkout has it beside it. */
export const sharedMedia: string | undefined = existsSync(join(folder, 'manifest.json')) ? folder : undefined;

/** A describe block over the real media; skipped, with a line that says so, where the folder is missing. */
export function describeWithMedia(title: string, define: (folder: string) => void): void {
  if (sharedMedia === undefined) {
    console.warn(`conformance: ${title}: skipped, the folder of real media is not beside this checkout`);
    describe.skip(title, () => undefined);
    return;
  }
  const media = sharedMedia;
  describe(title, () => {
    define(media);
  });
}
