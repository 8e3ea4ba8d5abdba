/** What the page asks the system's own dialog for. */
export interface ChoosePaths {
  /** Files to open (several), one folder to open, or one name to write to. */
  readonly kind: 'files' | 'folder' | 'save';
  readonly title: string;
  /** Folder, or file name to begin with. */
  readonly startAt?: string | undefined;
}

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
