import type { ManifestEntry } from './manifest.ts';

/**
 * The line that `sha256sum` prints for a file, without its newline: hash, two spaces, name. A name that holds a
 * backslash, a newline or a carriage return is escaped, and a backslash before the hash says so.
 * https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
 */
export function formatManifestLine({ path, sha256 }: ManifestEntry): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}`;
}

const lineForm = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/s;

/**
 * Reads one line, also as other tools write it (binary mode, capital digits).
 *
 * @returns undefined for anything else
 */
export function parseManifestLine(line: string): ManifestEntry | undefined {
  const match = lineForm.exec(line);
  if (!match) return undefined;
  const [, escapes, hash, name] = match;
  const path = escapes === '' ? name! : unescapeName(name!);
  return path === undefined ? undefined : { path, sha256: hash!.toLowerCase() };
}

function unescapeName(name: string): string | undefined {
  if (/\\(?![\\nr])/.test(name.replaceAll('\\\\', ''))) return undefined;
  return name.replace(/\\([\\nr])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : '\\'));
}
