import { ffprobePackets } from '../tools/ffprobe-packets.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { ExhibitMedia, StreamPackets } from './exhibit-media.ts';
import { PacketColumns } from './packet-columns.ts';

const limits = { timeMs: 60_000, memoryBytes: 2 * 1024 ** 3 };

/**
 * The first packets of a file, of all streams together at most so many: what a window shows while the index of a film of hours
 * is still being read. Empty where the file cannot be read. Throws what starting ffprobe throws.
 */
export async function readFirstPackets(
  toolbox: Toolbox,
  media: Pick<ExhibitMedia, 'folder' | 'fileName'>,
  count: number,
): Promise<readonly StreamPackets[]> {
  const columns = new PacketColumns();
  const { folder, fileName } = media;
  const { run } = await ffprobePackets(toolbox, { folder, fileName, limits }, (packet) => columns.add(packet), count);
  return run.exitCode === 0 ? columns.index([]).streams : [];
}
