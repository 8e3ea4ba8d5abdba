import type { ReadingOptions } from './ffprobe-probe.ts';
import { inputArguments } from './media-input.ts';
import { PacketLineParser, type PacketLine } from './parse-packet-lines.ts';
import { readChunks } from './read-chunks.ts';
import { runTool, type ToolRunResult } from './run-tool.ts';
import type { Toolbox } from './toolbox.ts';

const packetEntries = 'packet=stream_index,pts,dts,duration,size,pos,flags';
const sideDataEntries = 'packet_side_data=side_data_type,skip_samples,discard_padding';

/** Arguments that print one short line for every packet of every stream, or for the first few, without decoding any. */
export function packetsArguments(fileName: string, first?: number): string[] {
  return [
    ...['-v', 'level+warning', '-hide_banner', '-show_packets', '-show_entries', `${packetEntries}:${sideDataEntries}`],
    ...(first === undefined ? [] : ['-read_intervals', `%+#${first}`]),
    // `-o`: written in blocks of 32 kB. Standard output would go in blocks of 4, and each wakes the reader up.
    ...['-of', 'compact=nk=1:p=0', '-o', 'pipe:1', ...inputArguments(fileName)],
  ];
}

/**
 * Tells every packet of a file (with `first`, so many at most) to `take`, in file order; the object is used again for the next one. `unread` counts lines
 * that were no packet. Throws what `runTool` throws; a refused file is an exit code.
 */
export async function ffprobePackets(
  toolbox: Toolbox,
  options: ReadingOptions,
  take: (packet: PacketLine) => void,
  first?: number,
): Promise<ToolRunResult & { readonly unread: number }> {
  const parser = new PacketLineParser(take);
  const result = await runTool(toolbox, await toolbox.require('ffprobe'), packetsArguments(options.fileName, first), {
    ...options,
    outputs: {
      1: async (stream) => {
        await readChunks(stream, (chunk) => {
          parser.add(chunk);
        });
        parser.end();
      },
    },
  });
  return { ...result, unread: parser.unread };
}
