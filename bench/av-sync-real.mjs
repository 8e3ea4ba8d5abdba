// Real clips of the benchmark of av-sync: moved sound, foreign sound, and films without a speaking face.
import { basename, dirname, resolve } from 'node:path';
import { area, films, optionOf, percent, quantile, table, walk } from './av-sync-tables.mjs';

const shifts = Array.from({ length: 21 }, (_, i) => -400 + 40 * i);
const lengths = [5, 8, 12, 20];
const bars = [0.00001, 0.0001, 0.0005, 0.002, 0.01, 0.05, 0.2];

/** Real faces: their own sound moved, and sound that does not belong. */
export function realClips({ engine, clips, voices, print, goal }) {
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
export async function otherFilms({ engine, options, shared, voices, print, goal }) {
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
