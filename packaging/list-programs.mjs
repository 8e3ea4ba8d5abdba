// The SHA-256 of the programs that a package carries, as sha256sum writes them. The list goes inside the application's
// archive; the programs lie beside it and are held to it at every start.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const programs = ['ffmpeg', 'ffprobe'];

/** Writes resources/ffmpeg.sha256 for one system and processor, such as linux and x64. Throws where a program is missing. */
export function listPrograms(root, os, arch) {
  const folder = join(root, 'vendor/ffmpeg', `${os}-${arch}`);
  const suffix = os === 'win' ? '.exe' : '';
  const lines = programs.map((name) => {
    const file = join(folder, name + suffix);
    let bytes;
    try {
      bytes = readFileSync(file);
    } catch (cause) {
      throw new Error(`${file} is missing: put a static build of ${name} there (docs/packaging.md)`, { cause });
    }
    return `${createHash('sha256').update(bytes).digest('hex')}  ${name}${suffix}\n`;
  });
  const list = join(root, 'resources/ffmpeg.sha256');
  writeFileSync(list, lines.join(''));
  return list;
}
