import { describe, expect, it } from 'vitest';
import type { Artefact } from '../../../../src/base/artefact.ts';
import { Finding } from '../../../../src/base/finding.ts';
import { chooseShown } from '../../../../src/report/model/choose-shown.ts';

const stored = {
  title: 't',
  details: {},
  sha256: '0'.repeat(64),
  sizeBytes: 10,
  mediaType: 'application/json',
  file: 'f',
};
const series = (name: string, length: number, level?: number): Artefact => ({
  ...stored,
  kind: 'series',
  name,
  columns: [],
  length,
  draw: 'line',
  stream: 0,
  ...(level === undefined ? {} : { level }),
});
const map = (name: string): Artefact => ({ ...stored, kind: 'map', name, width: 1, height: 1, scale: 'grey' });
const finding = (artefacts: string[], outcome: 'inconclusive' | 'information' = 'inconclusive') =>
  Finding.parse({ code: 'c', outcome, ...(outcome === 'information' ? {} : { proposition: 'p' }), artefacts });

describe('chooseShown', () => {
  it('puts what shows a comparing finding beside it, two at most', () => {
    const shown = chooseShown([map('a'), map('b'), map('c')], [finding(['a', 'b', 'c'])]);
    expect([...shown]).toEqual([
      ['a', 'with-finding'],
      ['b', 'with-finding'],
      ['c', 'in-details'],
    ]);
  });

  it('draws no curve through a single sample', () => {
    expect(chooseShown([series('one', 1), series('two', 2)], []).get('one')).toBe('listed');
    expect(chooseShown([{ ...series('two', 2), name: 'two' }], []).get('two')).toBe('in-details');
  });

  it('leaves what shows a plain fact among the details', () => {
    expect(chooseShown([map('a')], [finding(['a'], 'information')]).get('a')).toBe('in-details');
  });

  it('takes of a series at several zooms the coarsest that fills a page', () => {
    const shown = chooseShown(
      [series('w0', 90_000, 0), series('w1', 22_500, 1), series('w2', 5600, 2), series('w3', 1400, 3)],
      [],
    );
    expect([...shown].filter(([, where]) => where !== 'listed')).toEqual([['w2', 'in-details']]);
  });

  it('takes of a spectrogram in tiles the one that covers the most time', () => {
    const tile = (name: string, startMs: number, endMs: number): Artefact => ({
      ...(map(name) as Artefact & { kind: 'map' }),
      over: { plane: 'time-frequency', startMs, endMs, minHz: 0, maxHz: 24_000, stream: 1 },
    });
    const shown = chooseShown([tile('a', 0, 10), tile('b', 10, 20), tile('whole', 0, 20)], []);
    expect([...shown].filter(([, where]) => where !== 'listed')).toEqual([['whole', 'in-details']]);
  });

  it('pictures the amplified map rather than the one on which nothing is seen', () => {
    const scaled = (name: string, max: number): Artefact => ({
      ...(map(name) as Artefact & { kind: 'map' }),
      legend: { min: 0, max, unit: 'levels', label: 'level' },
    });
    const shown = chooseShown(
      [scaled('unscaled', 255), scaled('amplified', 17), map('overlay')],
      [finding(['unscaled', 'amplified', 'overlay'])],
    );
    expect([...shown.values()]).toEqual(['in-details', 'with-finding', 'with-finding']);
  });

  it('never reads sound or what is too large, and never shows what is empty', () => {
    const shown = chooseShown(
      [
        { ...series('sound', 10), mediaType: 'audio/wav' },
        { ...map('huge'), sizeBytes: 1e9 },
        series('empty', 0),
        { ...stored, kind: 'table', name: 'none', columns: [], rows: 0 },
        { ...stored, kind: 'event', name: 'nothing', count: 0 },
      ],
      [finding(['huge'])],
    );
    expect(new Set(shown.values())).toEqual(new Set(['listed']));
  });

  it('lists what is too much for a page', () => {
    const shown = chooseShown(
      Array.from({ length: 50 }, (_, i) => map(`m${i}`)),
      [],
    );
    expect([...shown.values()].filter((where) => where === 'in-details')).toHaveLength(6);
  });
});
