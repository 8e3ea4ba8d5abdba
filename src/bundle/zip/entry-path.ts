/** Why a name is no path that may be unpacked. */
export type PathProblem =
  'absolute' | 'traversal' | 'separator' | 'character' | 'not-normalised' | 'reserved' | 'too-long';

/** Names that Windows keeps for devices, with any extension. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** C0, DEL, C1, line separators, direction marks, what Windows refuses in names, and `%`, which bags escape. */
// eslint-disable-next-line no-control-regex
const unusable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd<>:"|?*%]/u;

const mostBytes = 1024;
const mostStepBytes = 240;

/**
 * Says why a path of an archive is not safe to write on every system; undefined where it is. The rule is the same
 * everywhere, so that a bundle that opens here opens there.
 *
 * SECURITY: refused, never repaired. A name that was made harmless is another name than the one that was sealed.
 */
export function pathProblem(path: string): PathProblem | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'absolute';
  if (path.includes('\\')) return 'separator';
  if (unusable.test(path)) return 'character';
  if (path.normalize('NFC') !== path) return 'not-normalised';
  if (Buffer.byteLength(path) > mostBytes) return 'too-long';
  for (const step of path.split('/')) {
    if (step === '..' || step === '.' || step === '') return 'traversal';
    if (Buffer.byteLength(step) > mostStepBytes) return 'too-long';
    if (devices.test(step) || /[. ]$/.test(step) || step.startsWith(' ')) return 'reserved';
  }
  return undefined;
}

/** Two paths with the same fold are one file on some file system: letters' case and composition do not count there. */
export function foldedPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
}
