import { isUtf8 } from 'node:buffer';
import { sep } from 'node:path';

/**
 * A path as a person gave it or as a folder lists it. FORENSIC: on most systems a name is bytes, not text; a name that
 * is not valid UTF-8 has no string form, so whatever walks folders keeps bytes.
 */
export type CasePath = string | Buffer;

const separator = Buffer.from(sep);

export function pathBytes(path: CasePath): Buffer {
  return typeof path === 'string' ? Buffer.from(path, 'utf8') : path;
}

/** A path as text, bytes that are not UTF-8 shown as U+FFFD. */
export function shownPath(path: CasePath): string {
  return typeof path === 'string' ? path : path.toString('utf8');
}

/** `folder/name` over bytes. */
export function below(folder: Buffer, name: Buffer): Buffer {
  return endsWithSeparator(folder) ? Buffer.concat([folder, name]) : Buffer.concat([folder, separator, name]);
}

/** The last component of a path: `b` of `a/b` and of `a/b/`; empty for the root. */
export function lastName(path: Buffer): Buffer {
  let end = path.length;
  while (end > 0 && isSeparator(path[end - 1])) end--;
  let start = end;
  while (start > 0 && !isSeparator(path[start - 1])) start--;
  return path.subarray(start, end);
}

/** `a` of `a/b`; empty where nothing is above. */
export function parentOf(path: Buffer): Buffer {
  let end = path.length;
  while (end > 0 && isSeparator(path[end - 1])) end--;
  while (end > 0 && !isSeparator(path[end - 1])) end--;
  while (end > 0 && isSeparator(path[end - 1])) end--;
  return path.subarray(0, end);
}

/** Text of a name, and its bytes in hex where the text is not all there is to it. */
export function nameOf(bytes: Buffer): { readonly text: string; readonly bytes?: string } {
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? { text } : { text, bytes: bytes.toString('hex') };
}

/** `original.<ext>`: the extension that the name claims where it is a plain one, otherwise `bin`. */
export function copyName(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1);
  // A name that only begins with a dot is a hidden file without extension.
  const isPlain = dot > 0 && /^[A-Za-z0-9]{1,8}$/.test(extension) && !/^\.*$/.test(name.slice(0, dot));
  return `original.${isPlain ? extension.toLowerCase() : 'bin'}`;
}

function endsWithSeparator(path: Buffer): boolean {
  return isSeparator(path[path.length - 1]);
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 0x2f || (sep === '\\' && byte === 0x5c);
}
