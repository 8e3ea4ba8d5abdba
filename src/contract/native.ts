import { z } from 'zod';

/** What the page asks the system's own dialog for. */
export const ChoosePaths = z.strictObject({
  /** Files to open (several), one folder to open, or one name to write to. */
  kind: z.enum(['files', 'folder', 'save']),
  title: z.string().max(200),
  /** Folder, or file name to begin with. */
  startAt: z.string().max(4096).optional(),
});
export type ChoosePaths = z.infer<typeof ChoosePaths>;

/**
 * What the Electron window can do beyond the web, put on the page by its preload. Absent in Chromium, where the
 * in-app file browser takes its place.
 */
export interface NativeWindow {
  /** Path on disk of a file that was dropped on the page; empty where it has none. */
  pathOfFile(file: File): string;
  /** Shows the system's own dialog. Resolves to what was chosen; to nothing when the person cancelled. */
  choosePaths(request: ChoosePaths): Promise<readonly string[]>;
}

/** Under this name the preload puts {@link NativeWindow} on the page. */
export const nativeWindowName = 'assayNative';

/** The two native functions where this page has them. */
export function nativeWindow(): NativeWindow | undefined {
  return (globalThis as { [nativeWindowName]?: NativeWindow })[nativeWindowName];
}
