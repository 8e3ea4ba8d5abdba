import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Text } from '../base/text.ts';
import { openKernelPool } from '../examination/kernel-pool.ts';
import { createToolbox } from '../tools/create-toolbox.ts';
import { versionMemory } from '../tools/version-memory.ts';
import type { Engine } from './engine.ts';
import { HeldCases } from './held-cases.ts';
import { loadText } from './load-text.ts';
import { stateFolder } from './state-folder.ts';

export interface EngineOptions {
  /** The package's folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => Date;
  /** Where a packaged app keeps its external programs. */
  readonly resourcesFolder?: string;
}

/** Puts an engine together. Nothing is searched for or started before an operation needs it. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { home, env, clock, resourcesFolder } = options;
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const state = stateFolder(env, process.platform);
  const texts = new Map<string, Promise<Text>>();
  const held = new HeldCases();
  const kernels = openKernelPool(Math.max(1, availableParallelism() - 1));
  return {
    version,
    home,
    env,
    clock,
    kernels,
    held,
    state,
    randomUuid: randomUUID,
    toolbox: createToolbox(
      {
        env,
        platform: process.platform,
        ...(resourcesFolder === undefined
          ? {}
          : { resourcesFolder, digestList: join(home, 'resources/ffmpeg.sha256') }),
      },
      versionMemory(join(state, 'program-versions.json')),
    ),
    text: (language) => {
      const known = texts.get(language) ?? loadText(home, language);
      texts.set(language, known);
      return known;
    },
    close: async () => {
      await held.releaseAll();
      await kernels.close();
    },
  };
}
