import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  instantOf,
  isUnsetTime,
  parseTime,
  timeText,
  zoneMinutes,
  zoneText,
} from '../../../../src/methods/metadata/metadata-time.ts';

const read = (text: string): string => {
  const time = parseTime(text);
  return time === undefined ? 'none' : `${timeText(time)} ${zoneText(time)}`;
};

describe('parseTime', () => {
  it('reads the forms that metadata uses', () => {
    expect(read('2008:05:30 15:56:01')).toBe('2008-05-30T15:56:01 zone-unknown');
    expect(read('2010-12-12T12:41:35.00+01:00')).toBe('2010-12-12T12:41:35 +01:00');
    expect(read('2019-07-24T11:25:40+0300')).toBe('2019-07-24T11:25:40 +03:00');
    expect(read('2019-07-24T08:25:57.000000Z')).toBe('2019-07-24T08:25:57 UTC');
    expect(read('20101212 124135+0100')).toBe('2010-12-12T12:41:35 +01:00');
    expect(read('20101212')).toBe('2010-12-12 zone-unknown');
    expect(read('MON SEP 10 20:52:00 2012')).toBe('2012-09-10T20:52:00 zone-unknown');
    expect(read('Tue, 10 Sep 2012 20:52:00 GMT')).toBe('2012-09-10T20:52:00 UTC');
    expect(read('2021-04-11T15:47:53.054-05:00')).toBe('2021-04-11T15:47:53.054 −05:00');
    expect(read('2003-12-14 12:01')).toBe('2003-12-14T12:01:00 zone-unknown');
    expect(read('2019:04:24 22:24:00+02:00')).toBe('2019-04-24T22:24:00 +02:00');
  });

  it('knows how finely a value is given', () => {
    expect(parseTime('2003-12-14')?.resolutionMs).toBe(86_400_000);
    expect(parseTime('2003-12-14 12:01')?.resolutionMs).toBe(60_000);
    expect(parseTime('2003-12-14 12:01:02')?.resolutionMs).toBe(1000);
    expect(parseTime('2003-12-14 12:01:02.5')?.resolutionMs).toBe(1);
  });

  it('gives nothing for zeros, blanks, impossible days and text', () => {
    for (const text of [
      '0000:00:00 00:00:00',
      '    :  :     :  :  ',
      '2023-02-30',
      '2023-13-01',
      '2023-01-01 25:00',
      'soon',
      '',
    ]) {
      expect(read(text)).toBe('none');
    }
    expect(isUnsetTime('0000:00:00 00:00:00')).toBe(true);
    expect(isUnsetTime('    :  :     :  :  ')).toBe(true);
    expect(isUnsetTime('2020:01:01 00:00:00')).toBe(false);
  });

  it('brings every moment back that it is given', () => {
    const moments = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.integer({ min: -720, max: 840 }), (date, offset) => {
        const sign = offset < 0 ? '-' : '+';
        const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
        const text = `${date.toISOString().slice(0, 23)}${sign}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
        const time = parseTime(text);
        expect(time?.wallMs).toBe(date.getTime());
        expect(time && instantOf(time)).toBe(date.getTime() - offset * 60_000);
      }),
    );
  });

  it('does not take long over hostile text', () => {
    const started = performance.now();
    for (const text of [
      '1'.repeat(50_000),
      `2020-01-01${' '.repeat(50_000)}x`,
      'a'.repeat(50_000),
      `Mon ${'S'.repeat(50_000)}`,
    ]) {
      parseTime(text);
      isUnsetTime(text);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('zoneMinutes', () => {
  it('reads zones and refuses what is none', () => {
    expect([zoneMinutes('Z'), zoneMinutes('+05:45'), zoneMinutes('-0330'), zoneMinutes('+14')]).toEqual([
      0, 345, -210, 840,
    ]);
    expect([zoneMinutes(undefined), zoneMinutes('+15:00'), zoneMinutes('CET')]).toEqual([null, null, null]);
  });
});
