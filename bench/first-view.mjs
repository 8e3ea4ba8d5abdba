// First view of a 1 GiB film (container tree, metadata, packets) against ffprobe alone listing format, streams and packets.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assayCommand } from './assay-command.mjs';
import { clip } from './clips.mjs';
import { measure, sideBySide } from './measure.mjs';

export async function run() {
  // 36 minutes at 4 Mbit/s are a little over 1 GiB.
  const path = await clip({ seconds: 2160, size: '1920x1080', bitRate: '4M' });
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const options = { env: { ...process.env, ASSAY_HOME: join(folder, 'home') } };
  const command = (...args) => measure(assayCommand, [...args, '--json'], options);
  try {
    await command('new', join(folder, 'case'), '--title', 'bench', '--examiner', 'bench');
    await command('add', join(folder, 'case'), path);
    const { ours, theirs } = await sideBySide(
      5,
      () => command('examine', join(folder, 'case'), '--methods', 'container,metadata,packets', '--again'),
      () => measure('ffprobe', ['-loglevel', 'error', '-show_format', '-show_streams', '-show_packets', path]),
    );
    const ratio = ours.wallSeconds / theirs.wallSeconds;
    const peak = Math.round(ours.peakBytes / 1e6);
    return {
      name: 'first metadata, container and packet view of a 1 GiB film, against ffprobe alone',
      ratio,
      goal: 1.5,
      met: ratio <= 1.5 && ours.peakBytes < 400e6,
      detail: `${ours.wallSeconds.toFixed(2)} s against ${theirs.wallSeconds.toFixed(2)} s; ${peak} MB at the peak (goal: under 400)`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
