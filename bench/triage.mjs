// Triage of a 60 s 1080p H.264 clip against decoding it and doing nothing else, in processor time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assayCommand } from './assay-command.mjs';
import { clip } from './clips.mjs';
import { measure, sideBySide } from './measure.mjs';

/** One triage into a fresh case; with --json, so that nothing is drawn. */
export async function triageOnce(path) {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  try {
    return await measure(assayCommand, ['triage', path, '--out', join(folder, 'case'), '--json'], {
      env: { ...process.env, ASSAY_HOME: join(folder, 'home') },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function run() {
  const path = await clip({ seconds: 60, size: '1920x1080', bitRate: '4M' });
  const decodeOnly = () => measure('ffmpeg', ['-nostdin', '-loglevel', 'error', '-i', path, '-f', 'null', '-']);
  const { ours, theirs } = await sideBySide(3, () => triageOnce(path), decodeOnly);
  const ratio = ours.cpuSeconds / theirs.cpuSeconds;
  return {
    name: 'triage of a 60 s 1080p H.264 clip, processor time against decoding alone',
    ratio,
    goal: 2.5,
    met: ratio <= 2.5,
    detail: `${ours.cpuSeconds.toFixed(1)} s against ${theirs.cpuSeconds.toFixed(1)} s of processor time; ${ours.wallSeconds.toFixed(1)} s on the clock`,
  };
}
