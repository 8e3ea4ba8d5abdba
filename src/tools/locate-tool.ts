import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix, win32 } from 'node:path';
import type { ToolName } from './tool.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the packaged application's resources, where there is one. */
  readonly resourcesFolder?: string;
  /** File with the SHA-256 of the programs that were packaged, as sha256sum writes it. */
  readonly digestList?: string;
  readonly platform: NodeJS.Platform;
}

const settings: Readonly<Record<ToolName, string>> = { ffmpeg: 'ASSAY_FFMPEG', ffprobe: 'ASSAY_FFPROBE' };

/**
 * Real path of a program: named by `ASSAY_FFMPEG` or `ASSAY_FFPROBE` (the file or its folder), packaged with the
 * application, from the optional ffmpeg-static package, or on the PATH, in this order. Undefined where there is none.
 */
export async function locateTool(name: ToolName, around: Surroundings): Promise<string | undefined> {
  const file = executableName(name, around.platform);
  const named = around.env[settings[name]];
  // FORENSIC: a program that the examiner chose is never silently replaced by another one.
  if (named !== undefined && named !== '') return firstExecutable([join(named, file), named]);
  return firstExecutable([
    ...besideTheOther(name, file, around),
    ...packaged(file, around.resourcesFolder),
    ...fromStaticPackage(name),
    ...onPath(file, around),
  ]);
}

/** Real path of a program where it was packaged with the application. */
export async function locatePackagedTool(name: ToolName, around: Surroundings): Promise<string | undefined> {
  return firstExecutable(packaged(executableName(name, around.platform), around.resourcesFolder));
}

/** Real path of a helper program of the operating system (bwrap, prlimit) on the PATH. */
export async function locateOnPath(name: string, around: Surroundings): Promise<string | undefined> {
  return firstExecutable(onPath(executableName(name, around.platform), around));
}

/** The setting that chose a program, for the message when what it names is none. */
export function chosenBySetting(name: ToolName, around: Surroundings): string | undefined {
  const value = around.env[settings[name]];
  return value === undefined || value === '' ? undefined : `${settings[name]}=${value}`;
}

function executableName(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${name}.exe` : name;
}

/** Who sets ASSAY_FFMPEG alone means the ffprobe that came with it. */
function besideTheOther(name: ToolName, file: string, around: Surroundings): string[] {
  const other = around.env[settings[name === 'ffmpeg' ? 'ffprobe' : 'ffmpeg']];
  return other === undefined || other === '' ? [] : [join(other, file), join(dirname(other), file)];
}

function packaged(file: string, resourcesFolder: string | undefined): string[] {
  return resourcesFolder === undefined
    ? []
    : [join(resourcesFolder, 'ffmpeg', file), join(resourcesFolder, 'bin', file)];
}

function fromStaticPackage(name: ToolName): string[] {
  if (name !== 'ffmpeg') return [];
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' ? [path] : [];
  } catch {
    // The package is optional: absent is an ordinary state.
    return [];
  }
}

function onPath(file: string, around: Surroundings): string[] {
  const { delimiter } = around.platform === 'win32' ? win32 : posix;
  const folders = (around.env['PATH'] ?? '').split(delimiter);
  // SECURITY: an empty or relative entry would mean the current folder, which may be the exhibit's.
  return folders
    .filter((folder) => posix.isAbsolute(folder) || win32.isAbsolute(folder))
    .map((folder) => join(folder, file));
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) return await realpath(path);
    } catch {
      // Not there, or not to be run: the next place is asked.
    }
  }
  return undefined;
}
