/** One step of a path: its name and the path up to it. */
export interface PathStep {
  readonly name: string;
  readonly path: string;
}

/** The separator that a path is written with: a drive or a share of Windows, or the slash of all others. */
export function separatorOf(path: string): '/' | '\\' {
  return /^[A-Za-z]:|^\\\\/.test(path) ? '\\' : '/';
}

/** A name below a folder. */
export function below(folder: string, name: string): string {
  const separator = separatorOf(folder);
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** Last name of a path; the path itself for a root. */
export function lastName(path: string): string {
  return steps(path).at(-1)?.name ?? path;
}

/** The steps of an absolute path from its root on, each with the path that leads there. */
export function steps(path: string): PathStep[] {
  const separator = separatorOf(path);
  const root = separator === '/' ? '/' : (/^(\\\\[^\\]+\\[^\\]+\\?|[A-Za-z]:\\?)/.exec(path)?.[0] ?? '');
  const names = path
    .slice(root.length)
    .split(separator)
    .filter((name) => name !== '');
  const found: PathStep[] = [{ name: root, path: separator === '\\' && root.endsWith(':') ? `${root}\\` : root }];
  for (const name of names) found.push({ name, path: below(found.at(-1)?.path ?? root, name) });
  return found;
}

/** True when a path begins at a root: only such a path says the same to everybody. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]|^\\\\[^\\]+\\[^\\]/.test(path);
}

/** A title as the name of a folder: letters and digits of any script, joined by dashes. */
export function folderNameFor(title: string): string {
  return title
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}
