// Claps of the benchmark of av-sync: drawn ones with exact truth, and real pictures with sound that does not belong to them.
import { basename, dirname, resolve } from 'node:path';
import { films, optionOf, table, walk } from './av-sync-tables.mjs';

const claps = [900, 2330, 3410, 5200, 6090, 8140, 9050];
const leads = [-320, -160, 0, 120, 280];

/** Claps told, their error, and blows told where there are none. */
export async function blows({ engine, clips, voices, options, shared, print, goal }) {
  const rows = [];
  const drawn = [];
  for (const facePx of [48, 120, 200])
    for (const noise of [0, 4]) {
      const list = [];
      for (const [i, audioLeadMs] of leads.entries()) {
        const size = { seconds: 10, width: 640, height: 360, facePx, noise, lipLeadMs: 20 };
        const spec = { ...size, seed: 7 * facePx + noise + i, claps };
        const { clip, voice } = engine.present({ ...spec, audioLeadMs });
        const cut = engine.cutMotion(clip, 0, Infinity);
        list.push({ audioLeadMs, ...engine.judgeBlows(cut, voice), foreign: engine.judgeBlows(cut, voice, 4310).told });
      }
      drawn.push(...list);
      const told = list.filter((one) => one.told);
      const worst = Math.max(...told.map(({ leadMs, audioLeadMs }) => Math.abs(leadMs - audioLeadMs)));
      rows.push([
        ...[
          `${facePx} px`,
          noise,
          `${told.length} of ${list.length}`,
          told.length === 0 ? '–' : `${worst.toFixed(0)} ms`,
        ],
        `${list.filter(({ foreign }) => foreign).length} of ${list.length}`,
      ]);
    }
  print('\n### Seven claps of two drawn hands beside a speaking face, 10 s at 640×360\n');
  print(table(['face', 'noise', 'told', 'largest error', 'told with sound from elsewhere'], rows));

  const pictures = clips.map(({ name, seen }) => ({ name, cut: engine.cutMotion(seen, 0, Infinity) }));
  const folder = resolve(optionOf(options, 'others') ?? shared);
  const skip = new Set(['av_sync', 'corrupt', 'odd']);
  for (const path of walk(folder, films)) {
    if (optionOf(options, 'others') === undefined && skip.has(basename(dirname(path)))) continue;
    const read = await engine.readClip(path).catch(() => undefined);
    if (read === undefined || read.frames.length < 60) continue;
    const seen = engine.seeFrames(read.frames, read.width, read.height, read.timesMs);
    pictures.push({ name: basename(path), cut: engine.cutMotion(seen, 0, Infinity) });
  }
  const strange = pictures.flatMap(({ name, cut }) =>
    voices
      .filter((voice) => voice.name !== name && !(voice.name.includes('example') && name.includes('test_offset')))
      .flatMap(({ name: from, voice }) =>
        [0, 1700, 3900].map((at) => ({ name, from, ...engine.judgeBlows(cut, voice, at) })),
      ),
  );
  const lies = strange.filter((one) => one.told);
  print(
    `\nReal pictures with sound that does not belong: told in ${lies.length} of ${strange.length} cases (${pictures.length} clips, ${voices.length} sounds, three moments each)${
      lies.length === 0
        ? ''
        : `: ${[...new Set(lies.map(({ name, from }) => `${name} with ${from}`))].slice(0, 6).join(', ')}`
    }.`,
  );
  const off = drawn.filter(({ told, leadMs, audioLeadMs }) => told && Math.abs(leadMs - audioLeadMs) > 20).length;
  const wrong = lies.length + off + drawn.filter(({ foreign }) => foreign).length;
  const cases = strange.length + 2 * drawn.length;
  goal('blows told falsely', wrong / cases, '≤ 0.02', wrong <= 0.02 * cases, `${wrong} of ${cases}`);
}
