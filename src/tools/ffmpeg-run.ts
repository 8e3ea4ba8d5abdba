import { runTool, type RunOptions, type ToolRunResult } from './run-tool.ts';
import type { Toolbox } from './toolbox.ts';

/** Runs ffmpeg with these arguments in the exhibit's folder. Throws what `runTool` throws; a damaged exhibit is a value. */
export async function ffmpegRun(
  toolbox: Toolbox,
  args: readonly string[],
  options: RunOptions,
): Promise<ToolRunResult> {
  return runTool(toolbox, await toolbox.require('ffmpeg'), args, options);
}
