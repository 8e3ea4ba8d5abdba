import { beforeAll, describe, expect, it } from 'vitest';
import type { Text } from '../../../../src/base/text.ts';
import { cmx3600, timecode } from '../../../../src/bundle/derived/edl.ts';
import { frameRateOf, markersOf, type Marker } from '../../../../src/bundle/derived/markers.ts';
import { otioTimeline } from '../../../../src/bundle/derived/otio.ts';
import type { ExaminationResult } from '../../../../src/examination/result.ts';
import { englishText } from '../bundle-fixture.ts';

let text: Text;

beforeAll(async () => {
  text = await englishText();
});

const result = {
  method: { id: 'packets', version: 1 },
  key: 'k',
  findings: [
    {
      code: 'frame-rate-constant',
      outcome: 'information',
      measures: { frameRate: { value: 25, unit: 'fps' } },
      details: {},
      places: [{ startMs: 4000 }, { startMs: 1000, endMs: 1500 }, { offsetBytes: 3 }],
      artefacts: [],
      limits: [],
    },
  ],
} as unknown as ExaminationResult;

const marker = (startMs: number, words: string, endMs = startMs): Marker => ({
  ...{ startMs, endMs, words, kind: 'bookmark', name: 'Bookmark', source: {} },
});

const clip = (markers: readonly Marker[], frameRate: number | undefined = 25) => ({
  ...{ exhibit: 'E001', name: 'clip.mp4', url: '../case/exhibits/E001/original.mp4', sha256: 'ab', frameRate, markers },
});

describe('markersOf', () => {
  it('takes bookmarks of that exhibit and findings with a time, in the order of time', () => {
    const bookmarks = [
      { exhibit: 'E001', startMs: 2000, endMs: 2500, words: 'Look here', status: 'to-check' },
      { exhibit: 'E002', startMs: 1, words: 'elsewhere', status: 'relevant' },
      { exhibit: 'E001', words: 'the whole', status: 'relevant' },
    ];
    const plain = Object.assign((key: string) => key, text);
    const markers = markersOf('E001', [result], bookmarks, plain);
    expect(markers.map(({ startMs, endMs, kind }) => [startMs, endMs, kind])).toEqual([
      [1000, 1500, 'information'],
      [2000, 2500, 'bookmark'],
      [4000, 4000, 'information'],
    ]);
    expect(frameRateOf([result])).toBe(25);
  });
});

describe('otioTimeline', () => {
  it('is a timeline of one clip whose markers stand in milliseconds', () => {
    const timeline = otioTimeline(clip([marker(1234.5, 'Here', 2000)])) as {
      OTIO_SCHEMA: string;
      tracks: { children: { children: { markers: unknown[] }[] }[] };
    };
    expect(timeline.OTIO_SCHEMA).toBe('Timeline.1');
    expect(timeline.tracks.children[0]?.children[0]?.markers).toMatchObject([
      {
        OTIO_SCHEMA: 'Marker.2',
        color: 'CYAN',
        marked_range: { start_time: { rate: 1000, value: 1234.5 }, duration: { rate: 1000, value: 765.5 } },
      },
    ]);
  });
});

describe('cmx3600', () => {
  it('has an event with a locator for each marker', () => {
    expect(cmx3600(clip([marker(61_040, 'Here')])).split('\r\n')).toEqual([
      'TITLE: E001 clip.mp4',
      'FCM: NON-DROP FRAME',
      '* SHA-256: ab',
      '',
      '001  AX       V     C        00:01:01:01 00:01:01:02 00:01:01:01 00:01:01:02',
      '* FROM CLIP NAME: clip.mp4',
      '* LOC: 00:01:01:01 CYAN    Bookmark',
      '* COMMENT: Here',
      '',
      '',
    ]);
  });

  it('lets no name begin a statement of its own, and puts what lies before the beginning there', () => {
    const list = cmx3600(clip([marker(-20, 'a\r\n002  AX       V')]));
    expect(list).toContain('* COMMENT: a 002  AX       V\r\n');
    expect(list).toContain(' 00:00:00:00 00:00:00:0');
    expect(list).not.toContain('-1');
  });

  it('numbers no more events than three digits can, and says what is left out', () => {
    const list = cmx3600(clip(Array.from({ length: 1002 }, (_, index) => marker(index, 'x'))));
    expect(list).toContain('\r\n999  AX');
    expect(list).toContain('* 3 MORE IN THE OTIO FILE');
  });

  it('counts frames at the rate that is given', () => {
    expect(timecode(0, 25)).toBe('00:00:00:00');
    expect(timecode(25 * 3600 + 24, 25)).toBe('01:00:00:24');
  });
});
