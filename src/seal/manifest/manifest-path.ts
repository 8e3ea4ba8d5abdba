/**
 * True for a path that stays below the folder: relative, forward slashes, no empty, `.` or `..` step.
 *
 * SECURITY: verification compares names and opens nothing that a manifest names, so a hostile path can reach nothing;
 * it is refused all the same, because whoever unpacks a bundle by its manifest might be less careful. A drive letter
 * or a backslash is a separator on Windows only, and refused there only.
 */
export function isPathBelow(path: string, platform: NodeJS.Platform = process.platform): boolean {
  if (path.includes('\0')) return false;
  if (platform === 'win32' && /[\\:]/.test(path)) return false;
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}
