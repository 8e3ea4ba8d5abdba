import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadFigures } from '../../../../src/report/figures/load-figures.ts';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { MethodText } from '../../../../src/report/model/method-text.ts';
import type { ReportExamination } from '../../../../src/report/model/report-input.ts';
import { FixtureExamination } from '../../../support/report/fixture-examination.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();

async function figureOf(examination: ReportExamination, read = examination.readArtefact) {
  const input = smallInput();
  const [exhibit] = input.exhibits;
  if (!exhibit) throw new Error('fixture');
  const model = buildReportModel({ ...input, exhibits: [{ ...exhibit, examinations: [examination] }] }, text);
  const figures = await loadFigures(
    model,
    (_exhibit, _key, file) => read(file),
    (id) => new MethodText(text, id),
  );
  return [...figures.values()][0];
}

const finish = (examination: FixtureExamination) => examination.finish('E001', 'ela', []);
const mapOf = (width: number, height: number, scale: 'magma' | 'picture' = 'magma') =>
  ({
    kind: 'map',
    name: 'm',
    title: 'sheet',
    mediaType: 'image/png',
    width,
    height,
    scale,
    over: { plane: 'picture' },
  }) as const;

describe('loadFigures', () => {
  it('colours a quantity through its scale and makes a large map smaller', async () => {
    const examination = await new FixtureExamination().keepMap(mapOf(1280, 640), 1, (x) => (x < 640 ? 0 : 255));
    const figure = await figureOf(finish(examination));
    if (figure?.kind !== 'picture') throw new Error(figure?.kind);
    expect([figure.shownWidth, figure.shownHeight, figure.fullWidth, figure.fullHeight]).toEqual([640, 320, 1280, 640]);
    const { data } = await sharp(figure.png).raw().toBuffer({ resolveWithObject: true });
    // Both ends of magma.
    expect([...data.subarray(0, 3), ...data.subarray(639 * 3, 640 * 3)]).toEqual([0, 0, 4, 252, 253, 191]);
  });

  it('reads sixteen bits as the same scale', async () => {
    const png = await sharp(Uint16Array.from([0, 65_535]), { raw: { width: 2, height: 1, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const figure = await figureOf(finish(new FixtureExamination().keep(mapOf(2, 1), png)));
    if (figure?.kind !== 'picture') throw new Error(figure?.kind);
    expect([...(await sharp(figure.png).raw().toBuffer())]).toEqual([0, 0, 4, 252, 253, 191]);
  });

  it('never enlarges a picture and never changes its colours', async () => {
    const examination = await new FixtureExamination().keepMap(
      mapOf(3, 2, 'picture'),
      3,
      (x, y, c) => x * 50 + y * 20 + c,
    );
    const figure = await figureOf(finish(examination));
    if (figure?.kind !== 'picture') throw new Error(figure?.kind);
    expect([figure.shownWidth, figure.shownHeight]).toEqual([3, 2]);
    expect([...(await sharp(figure.png).raw().toBuffer())].slice(0, 6)).toEqual([0, 1, 2, 50, 51, 52]);
  });

  it('shows nothing that is not the artefact which the result names', async () => {
    const examination = finish(await new FixtureExamination().keepMap(mapOf(4, 4), 1, () => 1));
    const changed = await figureOf(examination, async (file) => {
      const bytes = Uint8Array.from(await examination.readArtefact(file));
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return bytes;
    });
    expect(changed).toEqual({ kind: 'unreadable', reason: 'changed' });
    const gone = await figureOf(examination, () => Promise.reject(new Error('ENOENT')));
    expect(gone).toEqual({ kind: 'unreadable', reason: 'missing' });
  });

  it.each([
    ['no picture', mapOf(4, 4), 'not a png'],
    [
      'a series without its column',
      {
        kind: 'series',
        name: 's',
        title: 'rate',
        mediaType: 'application/json',
        columns: [{ id: 'x', unit: 'ms' }],
        length: 2,
        draw: 'line',
      },
      '{"columns":{}}',
    ],
    [
      'a table that is none',
      {
        kind: 'table',
        name: 't',
        title: 'tags',
        mediaType: 'application/json',
        columns: [{ id: 'x', unit: '1' }],
        rows: 4,
      },
      '[1]',
    ],
    [
      'events that are none',
      { kind: 'event', name: 'e', title: 'repeats', mediaType: 'application/json', count: 4 },
      '{}',
    ],
    [
      'bytes that are not UTF-8',
      { kind: 'event', name: 'e', title: 'repeats', mediaType: 'application/json', count: 4 },
      '\ud800',
    ],
  ] as const)('goes on past %s', async (_, artefact, content) => {
    const figure = await figureOf(
      finish(
        new FixtureExamination().keep(
          artefact as never,
          Buffer.from(content, content === '\ud800' ? 'latin1' : 'utf8'),
        ),
      ),
    );
    expect(figure).toEqual({ kind: 'unreadable', reason: 'not-decodable' });
  });

  it('refuses a map whose file is another size than it says', async () => {
    const examination = await new FixtureExamination().keepMap(mapOf(8, 8), 1, () => 1);
    const finished = finish(examination);
    const [artefact] = finished.result.artefacts;
    const lying = {
      ...finished,
      result: { ...finished.result, artefacts: [{ ...artefact, width: 60_000, height: 60_000 }] },
    } as ReportExamination;
    expect(await figureOf(lying)).toEqual({ kind: 'unreadable', reason: 'not-decodable' });
  });
});
