// Drift and jumps of the benchmark of av-sync: real clips in a row, their sound stretched, or moved from the middle on.
import { table } from './av-sync-tables.mjs';

const drifts = [0, 30, -30, 60, -60, 120, -120, 300, -300];
const jumps = [80, -80, 120, -120, 200, -200, 320, -320];
/** Seconds that a clip is repeated to. */
const wanted = [12, 24, 60];

/** What of the lag over time is told, and how often wrongly. */
export function courseOverTime({ engine, clips, print, goal }) {
  const rows = [];
  const steady = [];
  for (const clip of clips) {
    const own = clip.seen.endMs / 1000;
    for (const seconds of wanted) {
      const times = Math.max(1, Math.round(seconds / own));
      if (own < 5 || own * times < seconds * 0.8 || own * times > seconds * 1.7) continue;
      const { clip: seen, voice } = engine.looped(clip.seen, clip.voice, times);
      const middle = seen.endMs / 2;
      const parts = engine.courseParts(seen);
      const say = (leadAt) => engine.judgeCourse(parts, voice, leadAt);
      for (const truth of drifts) {
        const { course, reported } = say((ms) => ((ms - middle) * truth) / 60_000);
        const drift = reported && course.drift !== undefined ? -course.drift.msPerMinute : undefined;
        const jumped = reported && course.jump !== undefined;
        if (truth === 0) steady.push({ drift, jumped });
        rows.push({ kind: 'drift', seconds, truth, told: drift, other: jumped, clip: clip.name });
      }
      for (const truth of jumps) {
        const { course, reported } = say((ms) => (ms < middle ? -truth / 2 : truth / 2));
        const jump = reported ? course.jump : undefined;
        rows.push({
          ...{ kind: 'jump', seconds, truth, clip: clip.name, other: reported && course.drift !== undefined },
          told: jump === undefined ? undefined : jump.beforeMs - jump.afterMs,
          off: jump === undefined ? undefined : Math.abs(jump.atMs - middle),
        });
      }
    }
  }
  const sizes = (kind) => [...new Set(rows.filter((row) => row.kind === kind).map(({ truth }) => Math.abs(truth)))];
  const near = ({ kind, truth, told }) =>
    Math.abs(told - truth) <= Math.max(kind === 'drift' ? 25 : 40, 0.3 * Math.abs(truth));
  for (const [kind, unit, title] of [
    ['drift', 'ms/min', 'Drift on real clips in a row: told as drift, of those false, and told as a jump'],
    ['jump', 'ms', 'Jumps on real clips in a row: told as a jump, of those false, and told as drift'],
  ]) {
    print(`\n### ${title}\n`);
    print(
      table(
        [kind, ...wanted.map((seconds) => `about ${seconds} s`)],
        sizes(kind).map((size) => [
          `${size === 0 ? '' : '±'}${size} ${unit}`,
          ...wanted.map((seconds) => {
            const list = rows.filter(
              (row) => row.kind === kind && row.seconds === seconds && Math.abs(row.truth) === size,
            );
            const told = list.filter((row) => row.told !== undefined);
            const wrong = told.filter((row) => size === 0 || !near(row));
            return list.length === 0
              ? '–'
              : `${told.length} of ${list.length}, ${wrong.length} false, ${list.filter(({ other }) => other).length} as the other`;
          }),
        ]),
      ),
    );
  }
  print(
    '\nFalse: told of a steady clip, or off by more than 30 % and by more than 25 ms/min (drift) or 40 ms (jump). Clips are repeated up to the length.',
  );
  const all = rows.filter(({ told, other, truth }) => told !== undefined || (truth === 0 && other));
  const wrong = rows.filter(
    (row) => (row.told !== undefined && (row.truth === 0 || !near(row))) || (row.truth === 0 && row.other),
  );
  goal(
    'drifts and jumps told of real clips that are false',
    wrong.length / Math.max(1, rows.length),
    '≤ 0.02',
    wrong.length <= 0.02 * rows.length,
    `${wrong.length} of ${rows.length} cases; ${all.length} told; ${steady.length} steady`,
  );
}
