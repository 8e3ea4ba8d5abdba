import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { isAssayError } from '../../base/errors.ts';
import type { doctor } from '../../contract/operations.ts';
import { exifrIdentity, sharpIdentity } from '../../media/library-identity.ts';
import { locateOnPath } from '../../tools/locate-tool.ts';
import { programVersion } from '../../tools/program-version.ts';
import type { ToolName } from '../../tools/tool.ts';
import type { Engine } from '../engine.ts';
import { findBrowser } from '../find-browser.ts';

type Program = z.infer<typeof doctor.output>['programs'][number];

/** Answers `doctor`: every external program with path, version and SHA-256, and what is missing with the way out. */
export async function doctorOperation(engine: Engine): Promise<z.infer<typeof doctor.output>> {
  const programs = [
    await tool(engine, 'ffmpeg'),
    await tool(engine, 'ffprobe'),
    await file('chromium', await findBrowser(engine.env, process.platform)),
    await file('bubblewrap', await bubblewrap(engine)),
    await library('sharp', sharpIdentity),
    await library('exifr', exifrIdentity),
  ];
  return {
    assay: engine.version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    sandbox: (await engine.toolbox.sandbox()).kind,
    programs,
    complete: programs.every(({ needed, sha256 }) => needed === 'optional' || sha256 !== null),
  };
}

async function tool(engine: Engine, name: ToolName): Promise<Program> {
  try {
    const found = await engine.toolbox.find(name, { anew: true });
    if (found !== undefined)
      return { name, needed: 'required', path: found.path, version: found.version, sha256: found.sha256, fix: null };
  } catch (error) {
    // A file that is not the program it should be counts as missing; the way out is the same.
    if (!isAssayError(error, 'tool-unusable')) throw error;
  }
  return { name, needed: 'required', path: null, version: null, sha256: null, fix: name };
}

async function file(name: 'chromium' | 'bubblewrap', path: string | undefined): Promise<Program> {
  if (path === undefined) return { name, needed: 'optional', path: null, version: null, sha256: null, fix: name };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const version = (await programVersion(path)) ?? 'unknown';
  return { name, needed: 'optional', path, version, sha256: hash.digest('hex'), fix: null };
}

async function library(name: string, identify: () => Promise<{ version: string; sha256: string }>): Promise<Program> {
  const { version, sha256 } = await identify();
  return { name, needed: 'required', path: `npm:${name}`, version, sha256, fix: null };
}

function bubblewrap(engine: Engine): Promise<string | undefined> {
  return locateOnPath('bwrap', { env: engine.env, platform: process.platform });
}
