import { describe, expect, it } from 'vitest';
import { compareTimes, type TimeTolerance } from '../../../../src/methods/metadata/compare-times.ts';
import type { MetadataEntry } from '../../../../src/methods/metadata/metadata-entry.ts';
import { parseTime, type MetadataTime, type TimeRole } from '../../../../src/methods/metadata/metadata-time.ts';
import { timeFindings } from '../../../../src/methods/metadata/time-findings.ts';

function moment(text: string, role: TimeRole = 'recorded', zone?: 'specification'): MetadataTime {
  const time = parseTime(text);
  if (time === undefined) throw new Error(text);
  return { ...time, role, ...(zone === undefined ? {} : { zone, offsetMinutes: 0 }) };
}

const tolerance: TimeTolerance = { sameMs: 120_000, zoneRestMs: 60_000, oneClock: false };
const compare = (a: MetadataTime, b: MetadataTime, oneClock = false) => compareTimes(a, b, { ...tolerance, oneClock });

describe('compareTimes', () => {
  it('compares instants where both zones are known', () => {
    expect(compare(moment('2020-01-01T12:00:00+03:00'), moment('2020-01-01T09:01:00Z')).relation).toBe('same');
    expect(compare(moment('2020-01-01T12:00:00+03:00'), moment('2020-01-01T09:03:00Z'))).toEqual({
      relation: 'different',
      differenceMs: 180_000,
      zoneKnown: true,
    });
  });

  it('takes equal digits for the same where one leaves its zone out', () => {
    expect(compare(moment('2020-01-01T12:00:00+03:00'), moment('2020-01-01 12:00:01')).relation).toBe('same');
  });

  it('lets every zone on Earth explain a difference, and names it', () => {
    expect(compare(moment('2020-01-01T07:00:00Z'), moment('2020-01-01 12:45:30'))).toEqual({
      relation: 'same-with-zone',
      offsetMinutes: 345,
      differenceMs: 30_000,
    });
    // +05:15 is kept nowhere.
    expect(compare(moment('2020-01-01T07:00:00Z'), moment('2020-01-01 12:15:00')).relation).toBe('different');
    expect(compare(moment('2020-01-01T00:00:00Z'), moment('2020-01-01 15:00:00')).relation).toBe('different');
  });

  it('leaves no zone between two tags of one clock', () => {
    const [a, b] = [moment('2020-01-01 12:00:00'), moment('2020-01-01 14:00:00')];
    expect(compare(a, b).relation).toBe('same-with-zone');
    expect(compare(a, b, true)).toEqual({ relation: 'different', differenceMs: 7_200_000, zoneKnown: true });
  });

  it('tells local digits in a field that should be UTC', () => {
    const local = moment('2020-01-01T12:00:00+05:00');
    expect(compare(local, moment('2020-01-01 12:00:00', 'written', 'specification')).relation).toBe('same-digits');
  });

  it('does not find two days in conflict within one day', () => {
    expect(compare(moment('2020-01-01T23:59:00+03:00'), moment('2020-01-01')).relation).toBe('same');
    expect(compare(moment('2020-01-05T00:00:00Z'), moment('2020-01-01')).relation).toBe('different');
  });
});

const entry = (origin: string, tag: string, text: string, role: TimeRole, zone?: 'specification'): MetadataEntry => ({
  ...{ origin, tag, raw: text, readable: text },
  time: moment(text, role, zone),
});
const settings = { toleranceMs: 120_000, durationMs: 0 };
const codes = (entries: readonly MetadataEntry[], durationMs = 0): string[] =>
  timeFindings(entries, { ...settings, durationMs }).map(({ code, outcome }) => `${code} ${outcome}`);

describe('timeFindings', () => {
  it("finds a camera's own times in order", () => {
    expect(
      codes([
        entry('exif/exif', 'DateTimeOriginal', '2020:01:01 12:00:00', 'recorded'),
        entry('exif/exif', 'CreateDate', '2020:01:01 12:00:00', 'written'),
        entry('exif/ifd0', 'ModifyDate', '2020:01:01 12:00:00', 'changed'),
        entry('xmp', 'photoshop:DateCreated', '2020-01-01T12:00:00+06:00', 'recorded'),
      ]),
    ).toEqual([
      'times information',
      'recording-times-agree consistent',
      'written-when-recorded consistent',
      'changed-when-recorded consistent',
    ]);
  });

  it('finds a later change, and a recording that two origins tell differently', () => {
    expect(
      codes([
        entry('exif/exif', 'DateTimeOriginal', '2008:10:22 16:28:39', 'recorded'),
        entry('exif/ifd0', 'ModifyDate', '2008:11:01 21:15:07', 'changed'),
        entry('exif/gps', 'GPSDateStamp', '2008:10:23 14:27:07', 'position', 'specification'),
      ]),
    ).toEqual(['times information', 'recording-times-differ inconsistent', 'changed-later inconsistent']);
  });

  it('allows a container to be stamped when the recording ends', () => {
    const entries = [
      entry('moov/meta/ilst', 'com.apple.quicktime.creationdate', '2019-07-24T11:25:40+0300', 'recorded'),
      entry('moov/mvhd', 'creationTime', '2019-07-24T08:35:40Z', 'written', 'specification'),
    ];
    expect(codes(entries)).toContain('written-later inconsistent');
    expect(codes(entries, 600_000)).toContain('written-when-recorded consistent');
  });

  it('finds a change before the recording against the order of things', () => {
    const findings = timeFindings(
      [
        entry('xmp', 'xmp:CreateDate', '2020-01-02T00:00:00Z', 'written'),
        entry('xmp', 'xmp:ModifyDate', '2020-01-01T00:00:00Z', 'changed'),
      ],
      settings,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'changed-before-recorded',
        proposition: 'times-in-order',
        outcome: 'inconsistent',
      }),
    );
  });

  it('lists times that are present and not set', () => {
    const blank: MetadataEntry = {
      origin: 'exif/exif',
      tag: 'DateTimeOriginal',
      raw: '0000:00:00 00:00:00',
      readable: '',
    };
    const zero: MetadataEntry = { origin: 'moov/mvhd', tag: 'creationTime', raw: '0', readable: '0' };
    const [finding] = timeFindings([blank, zero], settings);
    expect(finding).toMatchObject({ code: 'times-not-set', measures: { times: { value: 2 } } });
  });

  it('says nothing where no times are', () => {
    expect(timeFindings([], settings)).toEqual([]);
  });
});
