import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../../src/examination/reproduce/first-difference.ts';
import { ExaminationResult } from '../../../../src/examination/result.ts';

const sha = (letter: string): string => letter.repeat(64);

const table = (name: string, sha256: string) => ({
  kind: 'table' as const,
  name,
  title: 'a',
  mediaType: 'application/json',
  file: `${sha256}.json`,
  sha256,
  sizeBytes: 2,
  columns: [],
  rows: 0,
  details: {},
});

const result = (changes: Record<string, unknown> = {}): ExaminationResult =>
  ExaminationResult.parse({
    schema: 'assay.examination/1',
    key: sha('a'),
    exhibitSha256: sha('b'),
    method: { id: 'frames', version: 1 },
    parameters: { threshold: 10 },
    programs: [{ name: 'ffmpeg', version: '5', sha256: sha('c') }],
    commands: [['ffmpeg', '-i', 'x']],
    status: 'completed',
    details: {},
    findings: [
      {
        code: 'frames-decoded',
        outcome: 'information',
        measures: { frames: { value: 100, unit: 'frames' } },
      },
    ],
    artefacts: [],
    ...changes,
  });

describe('firstDifference', () => {
  it('is none for the same result by another program under another key', () => {
    const other = result({ key: sha('d'), programs: [{ name: 'ffmpeg', version: '6', sha256: sha('e') }] });
    expect(firstDifference(result(), other)).toBeUndefined();
  });

  it('names the path of the value, what was recorded and what was found', () => {
    const measures = { frames: { value: 99, unit: 'frames' } };
    const other = result({ findings: [{ code: 'frames-decoded', outcome: 'information', measures }] });
    expect(firstDifference(result(), other)).toEqual({
      where: 'findings[0].measures.frames.value',
      recorded: '100',
      found: '99',
    });
  });

  it('names what is there on one side only', () => {
    expect(firstDifference(result(), result({ findings: [] }))).toMatchObject({
      where: 'findings[0]',
      found: 'absent',
    });
    expect(firstDifference(result(), result({ reason: 'x' }))).toMatchObject({ where: 'reason', recorded: 'absent' });
    expect(firstDifference(result(), result({ commands: [] }))).toMatchObject({ where: 'commands[0]' });
  });

  it('names the status before what follows from it', () => {
    const failed = result({ status: 'failed', reason: 'tool-missing', findings: [] });
    expect(firstDifference(result(), failed)?.where).toBe('status');
  });

  it('names an artefact, not its place in a list', () => {
    const of = (...artefacts: unknown[]) => result({ artefacts });
    const [a, b, changed] = [table('a', sha('1')), table('b', sha('2')), table('b', sha('3'))];
    expect(firstDifference(of(a, b), of(a, changed))).toEqual({
      where: 'artefact b',
      recorded: JSON.stringify(sha('2')),
      found: JSON.stringify(sha('3')),
    });
    expect(firstDifference(of(a), of(a, b))).toMatchObject({ where: 'artefact b', recorded: 'absent' });
    expect(firstDifference(of(a, b), of(b, a))).toBeUndefined();
  });
});
