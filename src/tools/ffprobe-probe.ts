import { inputArguments } from './media-input.ts';
import { readText } from './read-text.ts';
import { runTool, type ToolLimits, type ToolRun, type ToolRunResult } from './run-tool.ts';
import type { Toolbox } from './toolbox.ts';

export interface ReadingOptions {
  readonly folder: string;
  readonly fileName: string;
  readonly limits: ToolLimits;
  readonly signal?: AbortSignal;
  readonly onRun?: (run: ToolRun) => void;
}

/** Format and streams of 1,000 streams with long tags are far below it. */
const maxTextLength = 16 * 1024 * 1024;

/** Arguments that print a file's format and streams in ffprobe's compact form. */
export function probeArguments(fileName: string): string[] {
  return [
    '-v',
    'level+warning',
    '-hide_banner',
    '-show_format',
    '-show_streams',
    '-of',
    'compact',
    ...inputArguments(fileName),
  ];
}

/** Asks ffprobe for a file's format and streams. Throws what `runTool` throws; a refused file is an exit code. */
export async function ffprobeProbe(
  toolbox: Toolbox,
  options: ReadingOptions,
): Promise<ToolRunResult & { readonly text: string }> {
  let text = '';
  const result = await runTool(toolbox, await toolbox.require('ffprobe'), probeArguments(options.fileName), {
    ...options,
    outputs: {
      1: async (stream) => {
        text = await readText(stream, maxTextLength);
      },
    },
  });
  return { ...result, text };
}
