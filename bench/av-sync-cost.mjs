// What the content level of av-sync costs: processor time on 1080p, decode and program included, and memory over the clip's length.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assayCommand } from './assay-command.mjs';
import { table } from './av-sync-tables.mjs';
import { measure, median } from './measure.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache/bench');
const rounds = 3;

/** A presenter's clip, drawn once and kept; `times` in a row without another encoding. */
async function presenterClip(engine, { width, height, seconds, times = 1 }) {
  mkdirSync(cache, { recursive: true });
  const once = join(cache, `presenter-${width}x${height}-${seconds}s.mp4`);
  if (!existsSync(once)) {
    const unfinished = once.replace('.mp4', '.part.mp4');
    await engine.forge({ seed: 7, width, height, seconds, lipLeadMs: 20, audioLeadMs: 0 }, unfinished);
    renameSync(unfinished, once);
  }
  if (times === 1) return once;
  const looped = join(cache, `presenter-${width}x${height}-${seconds}s-${times}.mp4`);
  if (!existsSync(looped)) {
    const unfinished = looped.replace('.mp4', '.part.mp4');
    await measure('ffmpeg', [
      ...['-nostdin', '-loglevel', 'error', '-y', '-stream_loop', String(times - 1), '-i', once],
      ...['-c', 'copy', '-movflags', '+faststart', unfinished],
    ]);
    renameSync(unfinished, looped);
  }
  return looped;
}

async function examine(path, methods) {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  try {
    const out = ['--out', join(folder, 'case'), '--json', '--quiet'];
    return await measure(assayCommand, ['triage', path, '--methods', methods, ...out], {
      env: { ...process.env, ASSAY_HOME: join(folder, 'home') },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Middle processor time of several runs. */
async function secondsOf(run) {
  const all = [];
  for (let round = 0; round < rounds; round++) all.push(await run());
  return { cpu: median(all.map((one) => one.cpuSeconds)), wall: median(all.map((one) => one.wallSeconds)) };
}

export async function costOfContent({ engine, print, goal }) {
  const seconds = 20;
  const path = await presenterClip(engine, { width: 1920, height: 1080, seconds });
  const whole = await secondsOf(() => examine(path, 'av-sync'));
  const start = await secondsOf(() => examine(path, 'packets'));
  const decode = await secondsOf(() =>
    measure('ffmpeg', ['-nostdin', '-loglevel', 'error', '-threads', '1', '-i', path, '-f', 'null', '-']),
  );
  const seconds1 = (value) => `${value.toFixed(1)} s`;
  print(`\n### Time, ${seconds} s of a presenter at 1920×1080, 25 frames/s\n`);
  print(
    table(
      ['what', 'processor time', 'on the clock', 'share of the duration'],
      [
        ['`assay triage --methods av-sync`', whole],
        ['of which program and packets (`--methods packets`)', start],
        ['of which decode (ffmpeg alone, one thread)', decode],
      ].map(([what, { cpu, wall }]) => [what, seconds1(cpu), seconds1(wall), (cpu / seconds).toFixed(2)]),
    ),
  );
  goal(
    'processor time against duration, 1080p, program and decode included',
    whole.cpu / seconds,
    '0.50',
    whole.cpu <= 0.5 * seconds,
    `${seconds1(whole.cpu)} for ${seconds} s; ${seconds1(whole.wall)} on the clock`,
  );

  const lengths = [
    ['30 s', 1],
    ['2 min', 4],
    ['10 min', 20],
  ];
  const peaks = [];
  for (const [, times] of lengths) {
    const film = await presenterClip(engine, { width: 640, height: 360, seconds: 30, times });
    peaks.push((await examine(film, 'av-sync')).peakBytes);
  }
  const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
  print('\n### Memory over length, a presenter at 640×360, all processes together\n');
  print(
    table(
      ['length', 'peak'],
      lengths.map(([name], i) => [name, megabytes(peaks[i])]),
    ),
  );
  // Half a minute ends before two stretches are ever held at once.
  const ratio = peaks[2] / peaks[1];
  goal(
    'memory of av-sync, 10 min against 2 min',
    ratio,
    '1.10',
    ratio <= 1.1,
    peaks.map((bytes, i) => `${lengths[i][0]}: ${megabytes(bytes)}`).join(', '),
  );
}
