// How well the content level of av-sync reads lags, and how often it tells one where there is none. `npm run bench -- av-sync`
//   --media <folder>   talking faces with sound (default: ../shared/media/av_sync)
//   --clips <a,b>      only these of them
//   --others <folder>  clips in which nobody speaks to the camera, walked through (default: ../shared/media without av_sync)
//   --voices <folder>  further voices to dub with (default: ../shared/media/audio)
//   --part <names>     real, wide, synthetic, program (default: all)
//   --out <file>       writes the tables as Markdown too
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const shifts = Array.from({ length: 21 }, (_, i) => -400 + 40 * i);
const lengths = [5, 8, 12, 20];
const bars = [0.00001, 0.0001, 0.0005, 0.002, 0.01, 0.05, 0.2];
const films = new Set(['.mp4', '.mov', '.avi', '.mkv', '.mts', '.webm']);
const sounds = new Set(['.mp3', '.flac', '.wav']);

async function loadEngine() {
  const outDir = join(root, 'node_modules/.cache/assay-bench/av-sync');
  await build({
    ...{ root, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: { input: { engine: join(here, 'av-sync-engine.ts') }, output: { entryFileNames: '[name].js' } },
    },
  });
  return import(pathToFileURL(join(outDir, 'engine.js')).href);
}

function walk(folder, kinds) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kinds.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const optionOf = (options, name) => {
  const at = options.indexOf(`--${name}`);
  return at === -1 ? undefined : options[at + 1];
};
const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
};
const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
const area = (yes, no) => {
  let sum = 0;
  for (const a of yes) for (const b of no) sum += a > b ? 1 : a === b ? 0.5 : 0;
  return sum / Math.max(1, yes.length * no.length);
};
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Evaluates the content level; see the head of this file for the options. */
export async function run(options = []) {
  const shared = resolve(root, '../shared/media');
  const media = resolve(optionOf(options, 'media') ?? join(shared, 'av_sync'));
  const chosen = optionOf(options, 'clips')?.split(',');
  const parts = optionOf(options, 'part')?.split(',') ?? ['real', 'wide', 'synthetic', 'program'];
  const engine = await loadEngine();
  const say = [];
  const print = (text) => {
    console.log(text);
    say.push(text);
  };
  const results = [];
  const goal = (name, ratio, limit, met, detail) => results.push({ name, ratio, goal: limit, met, detail });

  const clips = [];
  if (parts.some((part) => part !== 'synthetic'))
    for (const path of walk(media, films)) {
      const name = basename(path);
      if (chosen !== undefined && !chosen.some((word) => name.includes(word))) continue;
      const read = await engine.readClip(path);
      if (read === undefined || read.frames.length < 40) continue;
      clips.push({ name, path, ...read, seen: engine.seeFrames(read.frames, read.width, read.height, read.timesMs) });
    }
  const voices = clips.map(({ name, voice }) => ({ name, voice }));
  if (parts.includes('real') || parts.includes('wide'))
    for (const path of walk(resolve(optionOf(options, 'voices') ?? join(shared, 'audio')), sounds)) {
      const read = await engine.readClip(path);
      if (read !== undefined) voices.push({ name: basename(path), voice: read.voice });
    }

  if (parts.includes('real')) realClips({ engine, clips, voices, print, goal });
  if (parts.includes('real')) await otherFilms({ engine, options, shared, voices, print, goal });
  if (parts.includes('wide')) wideShots({ engine, clips, print, goal });
  if (parts.includes('synthetic')) synthetic({ engine, print, goal });
  if (parts.includes('program')) throughTheProgram({ clips, print, goal });
  const out = optionOf(options, 'out');
  if (out !== undefined) writeFileSync(out, `${say.join('\n')}\n`);
  return results;
}

function realClips({ engine, clips, voices, print, goal }) {
  const cases = [];
  const dubs = [];
  const wholes = [];
  const stranger = new Map();
  for (const clip of clips)
    stranger.set(
      clip.name,
      voices.filter(({ name, voice }) => name !== clip.name && engine.likeness(clip.voice, voice) < 0.4),
    );
  for (const clip of clips) {
    const durationMs = clip.seen.endMs;
    const whole = engine.judge(engine.cutMotion(clip.seen, 0, Infinity), clip.voice, 0);
    wholes.push({ clip: clip.name, seconds: durationMs / 1000, ...whole });
    for (const seconds of [...lengths, Infinity]) {
      const span = Math.min(seconds * 1000, durationMs + 40);
      if (Number.isFinite(seconds) && durationMs + 200 < seconds * 1000) continue;
      if (seconds === Infinity && lengths.some((length) => Math.abs(length * 1000 - durationMs) < 300)) continue;
      for (let from = 0; from === 0 || from + span <= durationMs + 200; from += Math.max(2500, span / 2)) {
        const cut = engine.cutMotion(clip.seen, from, from + span);
        const limits = { fromMs: from, toMs: from + span };
        const nulls = {};
        engine.judge(cut, clip.voice, 0, 0, limits, nulls);
        for (const shift of shifts) {
          const verdict = engine.judge(cut, clip.voice, shift, 0, limits, nulls);
          cases.push({ clip: clip.name, seconds, from, shift, truth: whole.leadMs + shift, ...verdict });
        }
        for (const { name, voice } of stranger.get(clip.name)) {
          const room = voice.seconds * 1000 - span;
          for (let i = 0, at = 0; i < 2 && at <= room; i++, at += 3100)
            dubs.push({
              clip: clip.name,
              voice: name,
              kind: 'another voice',
              seconds,
              ...engine.judge(cut, voice, 0, at - from),
            });
        }
        const quiet = engine.silence(clip.voice.seconds);
        dubs.push({ clip: clip.name, voice: 'silence', kind: 'silence', seconds, ...engine.judge(cut, quiet, 0) });
        for (const seed of [1, 2, 3, 4])
          dubs.push({
            ...{ clip: clip.name, voice: `music ${seed}`, kind: 'music', seconds },
            ...engine.judge(cut, engine.music(seed, clip.voice.seconds + 2), 0),
          });
      }
    }
  }
  const frame = 40;
  const told = (list) => list.filter(({ told: yes }) => yes);
  const error = ({ leadMs, truth }) => Math.abs(leadMs - truth);
  print('\n### Real clips: each clip as it is\n');
  print(
    table(
      ['clip', 'length', 'tells', 'lead', 'chance', 'deviations above chance'],
      wholes.map((w) => [
        ...[w.clip, `${w.seconds.toFixed(1)} s`, w.told ? 'yes' : `no: ${w.reason}`],
        ...[w.told ? `${w.leadMs.toFixed(0)} ms` : '–', w.chance.toExponential(1), w.standing.toFixed(1)],
      ]),
    ),
  );
  print('\n### Real clips: the sound moved by −400 … +400 ms in steps of 40 ms\n');
  const rows = [];
  for (const seconds of [...lengths, Infinity]) {
    const list = cases.filter((one) => one.seconds === seconds);
    if (list.length === 0) continue;
    const yes = told(list);
    const wrong = yes.filter(({ leadMs, truth }) => Math.abs(truth) > 80 && Math.sign(leadMs) !== Math.sign(truth));
    rows.push([
      seconds === Infinity ? 'whole' : `${seconds} s`,
      ...[list.length, percent(list.length - yes.length, list.length)],
      `${quantile(yes.map(error), 0.5).toFixed(1)} ms`,
      percent(yes.filter((one) => error(one) <= frame).length, yes.length),
      wrong.length,
    ]);
  }
  print(
    table(
      ['length', 'cases', 'abstains', 'median error of the change', 'within one frame', 'wrong sign beyond 80 ms'],
      rows,
    ),
  );
  const long = cases.filter(({ seconds, clip }) => {
    const length = wholes.find((whole) => whole.clip === clip).seconds;
    return seconds >= 8 && length >= 7.9;
  });
  const yes = told(long);
  const median = quantile(yes.map(error), 0.5);
  goal(
    'median error of the change in lag, stretches of 8 s and more',
    median,
    '20 ms',
    median <= 20,
    `${yes.length} told of ${long.length}`,
  );
  const within = yes.filter((one) => error(one) <= frame).length / Math.max(1, yes.length);
  goal('share within one frame', within, '≥ 0.95', within >= 0.95, `${yes.length} told`);
  const wrongSign = told(cases).filter(
    ({ leadMs, truth }) => Math.abs(truth) > 80 && Math.sign(leadMs) !== Math.sign(truth),
  );
  goal(
    'wrong sign beyond 80 ms, all lengths',
    wrongSign.length,
    'none',
    wrongSign.length === 0,
    `${told(cases).length} told of ${cases.length}`,
  );
  const ten = cases.filter(({ seconds, clip }) => {
    const length = wholes.find((whole) => whole.clip === clip).seconds;
    return (seconds >= 10 && seconds < Infinity) || (seconds === Infinity && length >= 10);
  });
  const silentTen = ten.length - told(ten).length;
  goal(
    'abstains on stretches of 10 s and more',
    silentTen / Math.max(1, ten.length),
    '≤ 0.20',
    silentTen <= 0.2 * ten.length,
    `${silentTen} of ${ten.length}`,
  );

  print('\n### Real faces with sound that does not belong: a lag told is a false one\n');
  const kinds = ['another voice', 'music', 'silence'];
  print(
    table(
      ['sound', ...lengths.map((seconds) => `${seconds} s`), 'whole', 'all'],
      kinds.map((kind) => [
        kind,
        ...[...lengths, Infinity].map((seconds) => {
          const list = dubs.filter((one) => one.kind === kind && one.seconds === seconds);
          return list.length === 0 ? '–' : `${told(list).length} of ${list.length}`;
        }),
        percent(told(dubs.filter((one) => one.kind === kind)).length, dubs.filter((one) => one.kind === kind).length),
      ]),
    ),
  );
  const falseShare = told(dubs).length / Math.max(1, dubs.length);
  goal(
    'lags told of real faces with sound that does not belong',
    falseShare,
    '≤ 0.02',
    falseShare <= 0.02,
    `${told(dubs).length} of ${dubs.length}`,
  );

  print('\n### Corresponds or not: area under the ROC, and error against abstention over the bar\n');
  const strange = dubs.filter(({ kind }) => kind === 'another voice');
  const curve = [];
  for (const seconds of [...lengths, Infinity]) {
    const pos = cases.filter((one) => one.seconds === seconds);
    const neg = strange.filter((one) => one.seconds === seconds);
    if (pos.length === 0 || neg.length === 0) continue;
    const roc = area(
      pos.map(({ standing }) => standing),
      neg.map(({ standing }) => standing),
    );
    curve.push([
      seconds === Infinity ? 'whole' : `${seconds} s`,
      roc.toFixed(3),
      ...bars.map((limit) => {
        const open = pos.filter(({ chance, leadMs }) => chance <= limit && Number.isFinite(leadMs));
        const off = open.filter((one) => error(one) > frame).length;
        const lies = neg.filter(({ chance }) => chance <= limit).length;
        return `${percent(pos.length - open.length, pos.length)} / ${percent(off, open.length)} / ${percent(lies, neg.length)}`;
      }),
    ]);
  }
  print(table(['length', 'ROC area', ...bars.map((limit) => `bar ${limit}`)], curve));
  print(
    '\nEach cell: abstains / off by more than one frame where it tells / tells with another voice. The bar in use is 0.002.',
  );

  print('\n### Clips where the method fails\n');
  const failures = [];
  for (const { clip } of wholes) {
    const own = cases.filter((one) => one.clip === clip);
    const off = told(own).filter((one) => error(one) > frame);
    const lies = told(dubs.filter((one) => one.clip === clip));
    const silentCases = own.length - told(own).length;
    if (off.length + lies.length > 0 || silentCases > own.length / 2)
      failures.push([
        clip,
        `${silentCases} of ${own.length}`,
        off.length === 0
          ? '–'
          : `${off.length} (${[...new Set(off.map(({ seconds, shift }) => `${seconds} s ${shift} ms`))].slice(0, 4).join(', ')})`,
        lies.length === 0
          ? '–'
          : `${lies.length} (${[...new Set(lies.map(({ voice, seconds }) => `${voice}, ${seconds} s`))].slice(0, 4).join('; ')})`,
      ]);
  }
  print(
    failures.length === 0
      ? 'None.'
      : table(['clip', 'abstains', 'off by more than a frame', 'lag told with sound that does not belong'], failures),
  );
}

/** Films in which nobody speaks to the camera, with their own sound and with voices. */
async function otherFilms({ engine, options, shared, voices, print, goal }) {
  const folder = resolve(optionOf(options, 'others') ?? shared);
  const skip = new Set(['av_sync', 'corrupt', 'odd']);
  const rows = [];
  const all = [];
  for (const path of walk(folder, films)) {
    if (optionOf(options, 'others') === undefined && skip.has(basename(dirname(path)))) continue;
    const read = await engine.readClip(path).catch(() => undefined);
    if (read === undefined || read.frames.length < 60) continue;
    const cut = engine.cutMotion(engine.seeFrames(read.frames, read.width, read.height, read.timesMs), 0, Infinity);
    const verdicts = [
      engine.judge(cut, read.voice, 0),
      ...voices.flatMap(({ voice }) =>
        [0, 2300]
          .filter((at) => voice.seconds * 1000 - at > (read.timesMs.at(-1) ?? 0))
          .map((at) => engine.judge(cut, voice, 0, at)),
      ),
    ];
    all.push(...verdicts);
    const told = verdicts.filter((one) => one.told);
    rows.push([
      basename(path),
      verdicts.length,
      told.length,
      verdicts[0].told ? `own sound told: ${verdicts[0].leadMs.toFixed(0)} ms` : `own sound: ${verdicts[0].reason}`,
    ]);
  }
  if (rows.length === 0) return;
  print('\n### No speaking face in the picture, own sound and voices\n');
  print(table(['clip', 'cases', 'lags told', 'own sound'], rows));
  const told = all.filter((one) => one.told).length;
  goal(
    'lags told of films without a speaking face',
    told / all.length,
    '≤ 0.02',
    told <= 0.02 * all.length,
    `${told} of ${all.length}`,
  );
}

/** The real clips shrunk into a still picture: what a face of how many analysed pixels can tell. */
function wideShots({ engine, clips, print, goal }) {
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
function synthetic({ engine, print, goal }) {
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
function throughTheProgram({ clips, print, goal }) {
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
