import { describe, expect, it } from 'vitest';
import { canonicalJsonFile } from '../../../../src/base/canonical-json.ts';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { ReportModel } from '../../../../src/report/model/report-model.ts';
import { fixtureText } from '../../../support/report/fixture-text.ts';
import { richInput } from '../../../support/report/rich-input.ts';
import { smallInput } from '../../../support/report/small-input.ts';

const text = await fixtureText();
const rich = await richInput();
const model = buildReportModel(rich, text);

describe('buildReportModel', () => {
  it('is the same for the same input, and reads back through its schema', () => {
    const json = canonicalJsonFile(model);
    expect(canonicalJsonFile(buildReportModel(rich, text))).toBe(json);
    expect(ReportModel.parse(JSON.parse(json))).toEqual(JSON.parse(json));
  });

  it('orders findings by outcome and numbers them for citing', () => {
    const [first] = model.exhibits;
    expect(first?.findings.map(({ id, outcome }) => `${id} ${outcome}`).slice(0, 7)).toEqual([
      'E001-F01 inconsistent',
      'E001-F02 inconsistent',
      'E001-F03 inconclusive',
      'E001-F04 inconclusive',
      'E001-F05 consistent',
      'E001-F06 abstained',
      'E001-F07 information',
    ]);
  });

  it('keeps a finding in words apart from its measures, its limits and its proposition', () => {
    const shifted = model.exhibits[0]?.findings[0];
    expect(shifted).toMatchObject({
      code: 'sound-shifted',
      observation: 'The sound is ahead of the picture by +160 ± 20 ms.',
      proposition: { key: 'synchronous', text: 'Sound and picture were recorded together and not shifted since.' },
      limits: [{ key: 'sync', text: 'Normal sync does not clear a film.' }, { key: 'remux' }],
    });
    expect(shifted?.measures[0]).toEqual({
      name: 'audioLeadMs',
      label: 'Sound ahead of picture',
      value: 160,
      unit: 'ms',
      uncertainty: 20,
      shown: '+160 ± 20 ms',
    });
    expect(shifted?.places.map(({ shown }) => shown)).toEqual([
      '00:00:00.000 to 00:00:41.133',
      '28 bytes from offset 48101 (0xbbe5) · moov/trak[1]/edts/elst',
    ]);
  });

  it('lists everything without an answer, with its reason', () => {
    const entries = model.notExamined
      .filter(({ exhibit }) => exhibit === 'E001')
      .map(({ method, status, reason }) => `${method.id} ${status}: ${reason.text}`);
    expect(entries).toEqual([
      'copy-move failed: ffmpeg is not on this machine. Run "npm run setup", or install it and run "assay doctor" to see that it is found.',
      'av-sync abstained: The face is smaller than 80 pixels, so that the movement of the mouth cannot be measured.',
      'ghosts not-chosen: Nobody asked for this method on this exhibit.',
    ]);
    expect(
      model.notExamined.find(({ exhibit, status }) => exhibit === 'E002' && status === 'not-completed')?.reason.text,
    ).toBe('The run was stopped at its time limit of 60 s after 120 frames.');
  });

  it('names a reason that no text explains instead of leaving it out', () => {
    const input = smallInput();
    const [exhibit] = input.exhibits;
    const [examination] = exhibit?.examinations ?? [];
    if (!exhibit || !examination) throw new Error('fixture');
    const result = { ...examination.result, status: 'failed' as const, reason: 'never-heard-of', findings: [] };
    const built = buildReportModel(
      { ...input, exhibits: [{ ...exhibit, examinations: [{ ...examination, result }] }] },
      text,
    );
    expect(built.notExamined[0]?.reason.text).toBe('Recorded reason: never-heard-of.');
  });

  it('lists a method that was run twice and stopped twice for the same reason once', () => {
    const input = smallInput();
    const [exhibit] = input.exhibits;
    const [examination] = exhibit?.examinations ?? [];
    if (!exhibit || !examination) throw new Error('fixture');
    const run = (key: string, reason: string) => ({
      ...examination,
      result: { ...examination.result, key, status: 'not-applicable' as const, reason, findings: [] },
    });
    const [first, second, third] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    const examinations = [run(first ?? '', 'one'), run(second ?? '', 'one'), run(third ?? '', 'other')];
    const built = buildReportModel({ ...input, exhibits: [{ ...exhibit, examinations }] }, text);
    expect(
      built.notExamined.filter(({ status }) => status === 'not-applicable').map(({ reason }) => reason.text),
    ).toEqual(['Recorded reason: one.', 'Recorded reason: other.']);
    expect(built.exhibits[0]?.examinations).toHaveLength(3);
  });

  it('shows every moment in the zone of the case and keeps it in UTC', () => {
    expect(model.createdAt).toEqual({
      utc: '2026-03-14T10:30:00.000Z',
      shown: '2026-03-14 15:30:00 +05:00 (Asia/Almaty)',
    });
    expect(model.exhibits[0]?.fileTimes.accessed).toBeNull();
  });

  it('names each program once, with its hash and the methods that used it', () => {
    expect(model.tools.map(({ name }) => name)).toEqual(['ffmpeg', 'ffprobe']);
    expect(model.tools[0]?.usedBy).toContain('av-sync');
  });

  it('says in plain words what a practice seal shows, and what a real one does', () => {
    expect(model.sealedBy.notice).toContain('does not show who signed');
    const signed = buildReportModel({ ...rich, identity: { ...rich.identity, practice: false } }, text);
    expect(signed.sealedBy.notice).toContain('sealed by Examiner');
    expect(signed.sealedBy.notice).not.toContain('ractice');
  });

  it('keeps names and values of an exhibit exactly, however hostile', () => {
    const name = '<b>\u202e"\u0000\\';
    const built = buildReportModel(smallInput({ name, software: '{{code}} $t(x)' }), text);
    expect(built.exhibits[0]?.name).toBe(name);
    expect(built.exhibits[0]?.findings[0]?.observation).toBe(
      'The container names {{code}} $t(x) as the program that wrote it.',
    );
  });

  it('cuts a long value in a sentence and keeps it whole in the data', () => {
    const built = buildReportModel(smallInput({ software: 'x'.repeat(5000) }), text);
    const finding = built.exhibits[0]?.findings[0];
    expect(finding?.observation.length).toBeLessThan(300);
    expect(finding?.measures[0]?.value).toHaveLength(5000);
  });
});
