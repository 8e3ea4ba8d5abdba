import { AssayError } from '../../base/errors.ts';

/** The file system's own code; an AssayError has a code too, but has said already what happened. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AssayError) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True for "there is no such file or folder". */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** True for "there is something there already". */
export function isOccupied(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EEXIST' || code === 'ENOTEMPTY' || code === 'EPERM';
}

/** What a failed read is called. An error that no file system raised is passed on as it is. */
export function readError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (isMissing(error)) return new AssayError('file-not-found', { path }, { cause: error });
  return new AssayError('file-not-readable', { path, reason: code }, { cause: error });
}

/** What a failed write is called. An error that no file system raised is passed on as it is. */
export function writeError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new AssayError('file-not-writable', { path, reason: code }, { cause: error });
}
