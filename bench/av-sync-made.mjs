// Made clips of the benchmark of av-sync: real ones far away, the drawn presenter, and files that go through the program.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percent, table } from './av-sync-tables.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The real clips shrunk into a still picture: what a face of how many analysed pixels can tell. */
export function wideShots({ engine, clips, print, goal }) {
  const rows = [];
  let [smallTold, small] = [0, 0];
  for (const share of [0.5, 0.35, 0.25, 0.18, 0.12, 0.08]) {
    const verdicts = clips.map((clip) => {
      const far = engine.farAway(clip.frames, clip.width, clip.height, share);
      const cut = engine.cutMotion(engine.seeFrames(far, clip.width, clip.height, clip.timesMs), 0, Infinity);
      const whole = engine.judge(engine.cutMotion(clip.seen, 0, Infinity), clip.voice, 0);
      const own = [-200, 0, 200].map((shift) => ({
        truth: whole.leadMs + shift,
        ...engine.judge(cut, clip.voice, shift),
      }));
      const dubs = clips
        .filter(
          ({ name }) =>
            name !== clip.name && engine.likeness(clip.voice, clips.find((c) => c.name === name).voice) < 0.4,
        )
        .map((other) => engine.judge(cut, other.voice, 0, 300));
      return { face: 0.75 * clip.height * share, own, dubs };
    });
    const own = verdicts.flatMap((one) => one.own);
    const told = own.filter((one) => one.told);
    const off = told.filter(({ leadMs, truth }) => Math.abs(leadMs - truth) > 40);
    const dubs = verdicts.flatMap((one) => one.dubs);
    const lies = dubs.filter((one) => one.told);
    const faces = verdicts.map(({ face }) => face);
    rows.push([
      `${Math.min(...faces).toFixed(0)}–${Math.max(...faces).toFixed(0)} px`,
      ...[
        percent(own.length - told.length, own.length),
        `${off.length} of ${told.length}`,
        `${lies.length} of ${dubs.length}`,
      ],
    ]);
    smallTold += off.length + lies.length;
    small += own.length + dubs.length;
  }
  print('\n### Wide shots: the real clips shrunk into a still, noisy picture\n');
  print(
    table(['face, analysed pixels', 'abstains', 'told and off by more than a frame', 'told with another voice'], rows),
  );
  goal(
    'wrong or false lags in wide shots',
    smallTold / Math.max(1, small),
    '≤ 0.02',
    smallTold <= 0.02 * small,
    `${smallTold} of ${small}`,
  );
}

/** The drawn presenter: exact truth. */
export function synthetic({ engine, print, goal }) {
  const rows = [];
  const all = [];
  const faces = [48, 72, 120, 200, 300];
  const noises = [0, 1.5, 4, 8];
  const leads = [-320, -200, -80, 0, 120, 240];
  for (const facePx of faces) {
    const row = [];
    for (const noise of noises) {
      const list = [];
      for (const seed of [1, 2, 3]) {
        const audioLeadMs = leads[(seed + faces.indexOf(facePx) + 2 * noises.indexOf(noise)) % leads.length];
        // Lips as far ahead as the method takes them to be by nature.
        const spec = {
          seconds: 10,
          width: 640,
          height: 360,
          facePx,
          noise,
          seed: 100 * facePx + 10 * noise + seed,
          lipLeadMs: 20,
        };
        const { clip, voice } = engine.present({ ...spec, audioLeadMs });
        const verdict = engine.judge(engine.cutMotion(clip, 0, Infinity), voice, 0);
        list.push({ facePx, noise, audioLeadMs, ...verdict });
      }
      all.push(...list);
      const told = list.filter((one) => one.told);
      const worst = Math.max(...told.map(({ leadMs, audioLeadMs }) => Math.abs(leadMs - audioLeadMs)));
      row.push(told.length === 0 ? 'abstains' : `${told.length} of ${list.length}, ≤ ${worst.toFixed(0)} ms`);
    }
    rows.push([`${facePx} px`, ...row]);
  }
  print('\n### Synthetic presenter, 10 s at 640×360, 25 frames/s: told, and largest error\n');
  print(table(['face', ...noises.map((noise) => `noise ${noise}`)], rows));
  const told = all.filter((one) => one.told);
  const half = all.filter((one) => one.told && Math.abs(one.leadMs - one.audioLeadMs) <= 20).length;
  print(`\n${told.length} of ${all.length} told; ${half} of them within half a frame.`);
  goal(
    'synthetic presenter within half a frame, of all',
    half / all.length,
    '≥ 0.98',
    half >= 0.98 * all.length,
    `${half} of ${all.length}, ${all.length - told.length} not told`,
  );
}

/** The same through files and the program: shifts by the forge, examined from the command line. */
export function throughTheProgram({ clips, print, goal }) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-sync-'));
  try {
    const rows = [];
    let worst = 0;
    for (const clip of clips.filter(({ seen }) => seen.endMs > 7500).slice(0, 2)) {
      const moved = [0, -240, 160];
      const files = moved.map((ms) => {
        const path = join(folder, `${basename(clip.path, extname(clip.path))}${ms}.mkv`);
        const filter = ms >= 0 ? `atrim=start=${ms / 1000},asetpts=PTS-STARTPTS` : `adelay=${-ms}:all=1`;
        spawnSync('ffmpeg', [
          '-v',
          'error',
          '-y',
          '-i',
          clip.path,
          '-c:v',
          'copy',
          '-af',
          filter,
          '-c:a',
          'pcm_s16le',
          path,
        ]);
        return path;
      });
      const out = join(folder, `case-${rows.length}`);
      spawnSync(
        process.execPath,
        [join(root, 'bin/assay.mjs'), 'triage', ...files, '--methods', 'av-sync', '--out', out, '--json', '--quiet'],
        {
          env: { ...process.env, ASSAY_HOME: join(folder, 'home') },
        },
      );
      const leads = readdirSync(join(out, 'exhibits'))
        .sort()
        .map((exhibit) => {
          const examinations = join(out, 'exhibits', exhibit, 'examinations');
          const [key] = readdirSync(examinations);
          const { findings } = JSON.parse(readFileSync(join(examinations, key, 'result.json'), 'utf8'));
          return findings.find(({ code }) => code.startsWith('content-lag'))?.measures.audioLeadMs?.value ?? NaN;
        });
      moved.forEach((ms, i) => {
        const difference = leads[i] - leads[0];
        worst = Math.max(worst, Number.isFinite(difference) ? Math.abs(difference - ms) : 999);
        rows.push([clip.name, `${ms} ms`, `${leads[i]?.toFixed(1)} ms`, `${difference.toFixed(1)} ms`]);
      });
    }
    if (rows.length === 0) return;
    print('\n### Through files and the program\n');
    print(table(['clip', 'sound moved by', 'lead told', 'change'], rows));
    goal('change through files and the program, worst', worst, '20 ms', worst <= 20, `${rows.length} files`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
