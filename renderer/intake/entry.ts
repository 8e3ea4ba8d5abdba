import type { z } from 'zod';
import type { listFiles } from '../../src/contract/window-operations.ts';

/** One entry of the file browser. */
export type Entry = z.infer<typeof listFiles.output>['entries'][number];

/** In folder mode files are shown, so that one knows where one is, and cannot be chosen. */
export function isChoosable({ kind }: Entry, mode: 'files' | 'folder'): boolean {
  return kind === 'folder' || (mode === 'files' && kind === 'file');
}
