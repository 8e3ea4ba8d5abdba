import { describe, expect, it } from 'vitest';
import type { Note } from '../../../../../src/contract/window-operations.ts';
import {
  bookmarkMoments,
  findingMoments,
  framesWithoutTime,
} from '../../../../../renderer/workspace/axis/marked-moments.ts';
import { playableSounds } from '../../../../../renderer/workspace/axis/playable-sounds.ts';
import { timesOfFrames } from '../../../../../renderer/workspace/axis/use-frame-moments.ts';
import type { KeptExamination } from '../../../../../renderer/workspace/kept-examination.ts';
import type { Text } from '../../../../../src/base/text.ts';

const text = Object.assign((key: string) => key, { has: () => false, language: 'en' }) as unknown as Text;

const examination = (places: object[], more: object = {}): KeptExamination =>
  ({
    method: 'ela',
    findings: [
      {
        method: 'ela',
        code: 'x',
        outcome: 'information',
        measures: {},
        details: {},
        limits: [],
        artefacts: [],
        places,
      },
    ],
    artefacts: [],
    ...more,
  }) as unknown as KeptExamination;

const bookmark = (more: object): Note => ({
  ...{ id: 'n1', at: '2026-01-01T00:00:00.000Z', actor: 'a' },
  body: { kind: 'bookmark', exhibit: 'E001', words: 'here', status: 'to-check', ...more },
});

describe('marked moments', () => {
  it('stand where their frame is shown when they name a frame alone', () => {
    const examinations = [examination([{ frame: 30 }, { startMs: 5 }, { offsetBytes: 3 }])];
    expect(framesWithoutTime(examinations, [bookmark({ frame: 7 })], 'E001')).toEqual([30, 7]);
    const timeOf = (frame: number): number | undefined => (frame === 30 ? 1200 : undefined);
    expect(findingMoments(examinations, text, timeOf).map(({ startMs }) => startMs)).toEqual([5, 1200]);
    expect(bookmarkMoments([bookmark({ frame: 30 })], 'E001', timeOf)).toMatchObject([{ startMs: 1200 }]);
    expect(bookmarkMoments([bookmark({ frame: 31 })], 'E001', timeOf)).toEqual([]);
  });

  it('ask for each page of frame times once, and leave out frames without a time', async () => {
    const asked: number[] = [];
    const times = await timesOfFrames(
      ({ from, count }) => {
        asked.push(from);
        return Promise.resolve({
          from,
          timesMs: Array.from({ length: count }, (_, i) => (from + i === 3 ? null : (from + i) * 40)),
        });
      },
      [1, 3, 2047, 2048, 5000],
    );
    expect(asked).toEqual([0, 2048, 4096]);
    expect([...times]).toEqual([
      [1, 40],
      [2047, 81_880],
      [2048, 81_920],
      [5000, 200_000],
    ]);
  });
});

describe('playableSounds', () => {
  it('lists each kept sound stream once, with the codec that the examination names', () => {
    const sound = (stream: number) => ({ kind: 'series', mediaType: 'audio/wav', stream });
    const finding = { method: 'audio', code: 'sound', details: { stream: 2, codec: 'aac' } };
    const examinations = [
      examination([], { artefacts: [sound(2), sound(1)], findings: [finding] }),
      examination([], { artefacts: [sound(1)], findings: [] }),
    ];
    expect(playableSounds(examinations)).toEqual([
      { stream: 1, codec: '' },
      { stream: 2, codec: 'aac' },
    ]);
  });
});
