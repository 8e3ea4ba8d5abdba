import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../base/progress.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { forgeClip } from '../forge/forge-clip.ts';
import { forgeStill } from '../forge/forge-still.ts';
import { validationPack } from './validation-pack.ts';

/** The pack's media on disk, with the digests that the forge took of what it drew. */
export interface ValidationMedia {
  readonly paths: readonly string[];
  /** By clip: SHA-256 of the raw frames and PCM of its first encoding. */
  readonly raw: ReadonlyMap<string, { readonly frames: string | null; readonly sound: string | null }>;
}

/**
 * Makes the media of the built-in pack in an empty folder.
 *
 * @throws AssayError `tool-missing`, `clip-not-made`, `cancelled`
 */
export async function makeValidationMedia(
  folder: string,
  {
    toolbox,
    signal,
    progress,
  }: { readonly toolbox: Toolbox; readonly signal: AbortSignal; readonly progress: Progress },
): Promise<ValidationMedia> {
  const paths: string[] = [];
  const raw = new Map<string, { frames: string | null; sound: string | null }>();
  for (const [name, spec] of Object.entries(validationPack.clips)) {
    const path = join(folder, name);
    const { passes } = await forgeClip(spec, path, {
      toolbox,
      signal,
      progress: (event) => progress({ ...event, subject: name }),
    });
    raw.set(name, { frames: passes[0]?.framesSha256 ?? null, sound: passes[0]?.pcmSha256 ?? null });
    paths.push(path);
  }
  for (const [name, spec] of Object.entries(validationPack.stills)) {
    const path = join(folder, name);
    await forgeStill(spec, path);
    paths.push(path);
  }
  const { name, text } = validationPack.letters;
  const letters = join(folder, name);
  await writeFile(letters, text);
  return { paths: [...paths, letters], raw };
}
