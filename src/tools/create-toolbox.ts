import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../base/errors.ts';
import { chosenBySetting, locateOnPath, locateTool, type Surroundings } from './locate-tool.ts';
import { checkPackaged } from './packaged-digests.ts';
import { readText } from './read-text.ts';
import { runTool } from './run-tool.ts';
import { probeSandbox, type Sandbox } from './sandbox.ts';
import { stampOf, type Tool, type ToolName, type ToolStamp } from './tool.ts';
import { parseToolVersion } from './tool-version.ts';
import type { Toolbox } from './toolbox.ts';
import type { VersionMemory } from './version-memory.ts';

/**
 * A toolbox over these surroundings. Nothing is looked for until it is asked for. With a memory, a program whose file has the
 * SHA-256 that it had is not asked for its version again.
 */
export function createToolbox(around: Surroundings, memory?: VersionMemory): Toolbox {
  const identified = new Map<string, Promise<Tool>>();
  let sandbox: Promise<Sandbox> | undefined;
  let limiter: Promise<string | undefined> | undefined;

  const toolbox: Toolbox = {
    activity: { running: 0, started: 0 },
    sandbox: () => (sandbox ??= probeSandbox(around)),
    limiter: () =>
      (limiter ??= around.platform === 'linux' ? locateOnPath('prlimit', around) : Promise.resolve(undefined)),
    async find(name, { anew = false } = {}) {
      const path = await locateTool(name, around);
      if (path === undefined) return undefined;
      const stamp = await stampOf(path);
      const key = `${name} ${path} ${stamp.sizeBytes} ${stamp.modifiedMs}`;
      const known = identified.get(key);
      if (known !== undefined && !anew) return known;
      const identifying = identify(toolbox, name, path, stamp, around, anew ? undefined : memory);
      identified.set(key, identifying);
      identifying.catch(() => identified.delete(key));
      return identifying;
    },
    async require(name) {
      const tool = await toolbox.find(name);
      if (tool !== undefined) return tool;
      const setting = chosenBySetting(name, around);
      if (setting === undefined) throw new AssayError('tool-missing', { tool: name });
      throw new AssayError('tool-unusable', { tool: name, reason: `${setting} names no program` });
    },
  };
  return toolbox;
}

async function identify(
  toolbox: Toolbox,
  name: ToolName,
  path: string,
  stamp: ToolStamp,
  around: Surroundings,
  memory: VersionMemory | undefined,
): Promise<Tool> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const tool = { name, path, version: 'unknown', sha256: hash.digest('hex'), stamp };
  // Before it is run for the first time.
  await checkPackaged(tool, around);
  const known = await memory?.get(tool.sha256);
  if (known !== undefined) return { ...tool, version: known };
  let text = '';
  const run = await runTool(toolbox, tool, ['-version'], {
    folder: '/',
    outputs: { 1: async (stream) => void (text = await readText(stream, 64 * 1024)) },
    limits: { timeMs: 30_000 },
  });
  const version = parseToolVersion(text);
  if (version === undefined) {
    const reason = run.messages[0] ?? `${path} does not say which ${name} it is`;
    throw new AssayError('tool-unusable', { tool: name, reason });
  }
  await memory?.set(tool.sha256, version);
  return { ...tool, version };
}
