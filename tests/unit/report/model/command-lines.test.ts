import { describe, expect, it } from 'vitest';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { commandLines } from '../../../../src/report/model/command-lines.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();
const [exhibit] = buildReportModel(smallInput(), text).exhibits;
if (exhibit === undefined) throw new Error('fixture');

const [first] = exhibit.examinations;
if (first?.run === undefined) throw new Error('fixture');
const run = first.run.runs[0]!;
const twin = {
  ...first,
  method: { ...first.method, id: 'twin' },
  commands: [
    ['ffmpeg', '-i', 'x'],
    [run.program, ...run.arguments],
  ],
  run: { ...first.run, runs: [{ ...run, sharedWith: [] }] },
};

describe('commandLines', () => {
  const lines = commandLines({ ...exhibit, examinations: [first, twin] });

  it('prints what ran for two methods once', () => {
    expect(lines.ran(first)).toContain(1);
    expect(lines.ran(twin)).toEqual([1]);
    expect(lines.list.filter(({ argv }) => argv.join(' ') === [run.program, ...run.arguments].join(' '))).toHaveLength(
      1,
    );
  });

  it('numbers all from 1, those that ran first, and points from a command to the run of the same line', () => {
    expect(lines.list.map(({ number }) => number)).toEqual(lines.list.map((_, i) => i + 1));
    const started = lines.list.map((line) => line.run !== undefined);
    expect(started).toEqual([...started].sort((a, b) => Number(b) - Number(a)));
    const alone = lines.alone(twin);
    expect(alone[0]).toBe(1);
    expect(lines.list[alone[1]! - 1]).toEqual({ number: alone[1], argv: ['ffmpeg', '-i', 'x'] });
  });

  it('leaves no command line out', () => {
    const printed = new Set(lines.list.map(({ argv }) => argv.join('\u0000')));
    for (const { commands, run: runs } of [first, twin]) {
      for (const argv of commands) expect(printed).toContain(argv.join('\u0000'));
      for (const one of runs?.runs ?? []) expect(printed).toContain([one.program, ...one.arguments].join('\u0000'));
    }
  });
});
