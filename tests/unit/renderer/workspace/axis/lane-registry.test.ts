import { describe, expect, it } from 'vitest';
import { lanesOf, mapsFor, type PlaneLane } from '../../../../../renderer/workspace/axis/lane-registry.ts';
import type { KeptExamination } from '../../../../../renderer/workspace/kept-examination.ts';
import { Artefact } from '../../../../../src/base/artefact.ts';

type ArtefactInput = Parameters<typeof Artefact.parse>[0];

let next = 0;
const stored = (name: string, title = name): Record<string, unknown> => {
  next += 1;
  return {
    name,
    title,
    sha256: next.toString(16).padStart(64, '0'),
    sizeBytes: 1,
    mediaType: 'application/x-npy',
    file: 'x',
  };
};
const series = (name: string, more: Record<string, unknown> = {}): ArtefactInput => ({
  kind: 'series',
  ...stored(name),
  columns: [
    { id: 'time', unit: 'ms' },
    { id: 'value', unit: 'levels' },
  ],
  length: 10,
  draw: 'line',
  ...more,
});
const tile = (level: number, index: number, startMs: number, endMs: number): ArtefactInput => ({
  kind: 'map',
  ...stored(`plane-${level}-${index}`, level === 2 ? 'spectrogram' : 'spectrogram-tile'),
  mediaType: 'image/png',
  width: 100,
  height: 10,
  scale: 'magma',
  details: { level, tile: index },
  over: { plane: 'time-frequency', startMs, endMs, minHz: 0, maxHz: 8000, stream: 1 },
});
const examination = (method: string, artefacts: ArtefactInput[], key = 'a'): KeptExamination => ({
  method,
  version: 1,
  status: 'completed',
  details: {},
  key: key.repeat(64),
  cached: true,
  parameters: {},
  findings: [],
  artefacts: artefacts.map((one) => Artefact.parse(one)),
});
const ids = (examinations: KeptExamination[], streams: number[] = []): string[] =>
  lanesOf(examinations, streams).map(({ id }) => id);

describe('the lanes of an exhibit', () => {
  it('are those of findings and bookmarks where nothing was measured', () => {
    expect(ids([])).toEqual(['findings', 'bookmarks']);
  });

  it('hold a method that nobody knew, by what its artefacts say of themselves', () => {
    const unknown = examination('of-the-future', [
      series('flow'),
      { kind: 'event', ...stored('blinks'), mediaType: 'application/json', count: 3 },
    ]);
    const lanes = lanesOf([unknown], []);
    expect(lanes.map(({ kind, id }) => `${kind} ${id}`).slice(2)).toEqual([
      'series of-the-future:flow',
      'event of-the-future:blinks',
    ]);
    expect(lanes.every(({ isQuiet }) => !isQuiet)).toBe(true);
  });

  it('leave out what does not run over time', () => {
    const columns = [
      { id: 'frequency', unit: 'Hz' },
      { id: 'level', unit: 'dB' },
    ];
    expect(ids([examination('audio', [series('spectrum', { columns })])])).toEqual(['findings', 'bookmarks']);
  });

  it('put the channels and levels of one envelope into one lane, finest level first, with its sound', () => {
    const level = (channel: number, at: number): ArtefactInput =>
      series(`wave-${channel}-${at}`, {
        title: 'waveform',
        draw: 'envelope',
        stream: 1,
        level: at,
        details: { channel },
      });
    const sound = series('sound-1', { mediaType: 'audio/wav', stream: 1 });
    const [lane] = lanesOf(
      [examination('audio', [level(2, 1), level(1, 1), level(1, 0), level(2, 0), sound])],
      [],
    ).filter(({ kind }) => kind === 'envelope');
    if (lane?.kind !== 'envelope') throw new Error('no envelope');
    expect(lane.channels.map((levels) => levels.map(({ name }) => name))).toEqual([
      ['wave-1-0', 'wave-1-1'],
      ['wave-2-0', 'wave-2-1'],
    ]);
    expect(lane.sound?.name).toBe('sound-1');
  });

  it('stand in the order of looking: sound before packets, the unknown last', () => {
    const found = ids([
      examination('of-the-future', [series('flow')]),
      examination('packets', [series('packet-sizes')]),
      examination('audio', [tile(2, 0, 0, 1000)]),
    ]);
    expect(found).toEqual([
      'findings',
      'bookmarks',
      'audio:spectrogram-1',
      'packets:packet-sizes',
      'of-the-future:flow',
    ]);
  });

  it('show at first only the streams that the exhibit is looked at by', () => {
    const sizes = (stream: number): ArtefactInput =>
      series(`packet-sizes-${stream}`, { title: 'packet-sizes', stream });
    const quiet = lanesOf([examination('packets', [sizes(0), sizes(1)])], [0, 1]).filter(({ isQuiet }) => isQuiet);
    expect(quiet.map(({ id }) => id)).toEqual(['packets:packet-sizes-1']);
  });

  it('tell a second run with other parameters apart, and leave it hidden at first', () => {
    const lanes = lanesOf(
      [examination('frames', [series('motion')], 'a'), examination('frames', [series('motion')], 'b')],
      [],
    );
    expect(lanes.slice(2).map(({ id, isQuiet }) => [id, isQuiet])).toEqual([
      ['frames:motion', false],
      ['frames:motion@aaaaaaaa', true],
    ]);
  });
});

describe('the tiles of a plane', () => {
  const lane = lanesOf(
    [examination('audio', [tile(2, 0, 0, 16_000), ...[0, 1, 2, 3].map((i) => tile(0, i, i * 4000, (i + 1) * 4000))])],
    [],
  ).find((one): one is PlaneLane => one.kind === 'plane');
  const names = (msPerPixel: number, from: number, to: number): string[] =>
    mapsFor(lane?.maps ?? [], msPerPixel, from, to).map(({ name }) => name);

  it('are the overview alone while that is fine enough', () => {
    expect(names(200, 0, 16_000)).toEqual(['plane-2-0']);
  });

  it('are the fine ones that touch the span, over the overview, when looked at closely', () => {
    expect(names(10, 5000, 9000)).toEqual(['plane-2-0', 'plane-0-1', 'plane-0-2']);
  });
});
