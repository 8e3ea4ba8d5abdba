import { stat } from 'node:fs/promises';

/** External programs that Assay drives. */
export type ToolName = 'ffmpeg' | 'ffprobe';

/** What tells one state of an executable from another without reading it again. */
export interface ToolStamp {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** One identified executable. `sha256` is of the file at `path`, links resolved. */
export interface Tool {
  readonly name: ToolName;
  readonly path: string;
  readonly version: string;
  readonly sha256: string;
  readonly stamp: ToolStamp;
}

/** Size and time of the executable as it is now. */
export async function stampOf(path: string): Promise<ToolStamp> {
  const { size, mtimeMs } = await stat(path);
  return { sizeBytes: size, modifiedMs: mtimeMs };
}
