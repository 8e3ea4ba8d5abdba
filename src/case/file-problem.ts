import { AssayError } from '../base/errors.ts';

/** The system's error code (`ENOENT`, `EACCES`, …), or undefined for anything that is not a system error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** What a failed read of a path means for the person. Errors that are not the file system's come back as they are. */
export function readProblem(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AssayError('file-not-found', { path }, { cause: error });
  return new AssayError('file-not-readable', { path, reason: code }, { cause: error });
}

/** What a failed write to a path means for the person. Errors that are not the file system's come back as they are. */
export function writeProblem(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (isDiskFull(error)) return new AssayError('disk-full', { path }, { cause: error });
  return new AssayError('file-not-writable', { path, reason: code }, { cause: error });
}

/** No space left, or the person's share of it used up. */
export function isDiskFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}
