import { isAssayError } from '../base/errors.ts';
import { exifrIdentity, sharpIdentity } from '../media/library-identity.ts';
import type { Program } from '../methods/method.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { ProgramIdentity } from './result.ts';

/**
 * Identity of each program that a result may name. One that is missing or unusable is left out: the methods that need
 * it fail with that reason, and the others go on.
 */
export async function identifyPrograms(
  toolbox: Toolbox,
  wanted: ReadonlySet<Program>,
): Promise<ReadonlyMap<string, ProgramIdentity>> {
  const identities = new Map<string, ProgramIdentity>();
  const found = await Promise.all([...wanted].map(async (name) => [name, await identify(toolbox, name)] as const));
  for (const [name, identity] of found) if (identity !== undefined) identities.set(name, identity);
  return identities;
}

async function identify(toolbox: Toolbox, name: Program): Promise<ProgramIdentity | undefined> {
  switch (name) {
    case 'sharp':
      return sharpIdentity();
    case 'exifr':
      return exifrIdentity();
    case 'ffmpeg':
    case 'ffprobe':
      try {
        const tool = await toolbox.find(name);
        return tool === undefined ? undefined : { name, version: tool.version, sha256: tool.sha256 };
      } catch (error) {
        if (isAssayError(error, 'tool-unusable')) return undefined;
        throw error;
      }
  }
}
