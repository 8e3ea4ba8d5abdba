import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frames } from '../../../src/methods/frames/method.ts';
import { packets } from '../../../src/methods/packets/method.ts';
import { sayAll } from '../../integration/methods/say-findings.ts';
import { runMethod } from '../../support/run-method.ts';
import { describeWithMedia } from '../shared-media.ts';

interface Described {
  readonly file: string;
  readonly facts?: {
    readonly ffprobe?: {
      readonly streams?: readonly {
        readonly codec_type: string;
        readonly codec_name?: string;
        readonly nb_frames?: string;
      }[];
    };
  };
}

/** Camera and phone originals, and files with odd structure. */
const films = [
  'video_structure/cursed-vfr.mp4',
  'video_structure/edts.mp4',
  'video_structure/rotate-buck-bunny.mp4',
  'video_original/iphone6_with-gps.mov',
  'video_original/MVI_4823.AVI',
  'video_original/Sony ILCE-7M3 (A7M3).mts',
  'video_original/gopro_hero5_karma.mp4',
  'video_original/android601_with-gps.mp4',
  'video_reencoded/gopher-video.mp4',
  'video_reencoded/pattern-sd-grey-bar.mp4',
  'av_sync/example.avi',
];

describeWithMedia('frames and packets of real films', (media) => {
  const manifest = JSON.parse(readFileSync(join(media, 'manifest.json'), 'utf8')) as Described[];
  const described = new Map(manifest.map((entry) => [entry.file, entry]));

  /** Presentation times in ms that a decoding ffprobe gives. */
  function decodedTimes(path: string): number[] {
    const args = [
      '-v',
      'error',
      '-select_streams',
      'V:0',
      '-show_entries',
      'frame=best_effort_timestamp_time',
      '-of',
      'csv=p=0',
      path,
    ];
    const lines = execFileSync('ffprobe', args).toString().split('\n');
    return lines.filter((line) => /^-?\d/.test(line)).map((line) => Number(line.replace(/,.*$/, '')) * 1000);
  }

  it.each(films)('numbers and times the pictures of %s as ffprobe does, and takes them out exactly', async (name) => {
    const path = join(media, name);
    const expected = decodedTimes(path);
    const last = expected.length - 1;
    const chosen = [...new Set([0, Math.floor(last / 2), last])];
    const run = await runMethod(frames, path, { png: chosen });
    expect(run.result?.status).toBe('completed');
    const stream = Number(run.findings.find(({ code }) => code === 'frames-decoded')?.details['stream']);
    const times = run.column(`frame-index-${stream}`, 'timeMs');
    expect(times).toHaveLength(expected.length);
    times.forEach((time, i) => {
      expect(Math.abs(time - (expected[i] ?? NaN))).toBeLessThan(0.002);
    });
    const kept = run.findings.filter(({ code }) => code === 'frame-kept').map(({ details }) => details['frame']);
    expect(kept).toEqual(chosen);
    // None of them repeats a part of itself, so nothing may be held against any.
    expect(run.findings.filter(({ outcome }) => outcome === 'inconsistent')).toEqual([]);
    await sayAll('frames', run);
  });

  it.each(films)('counts the packets of %s as an independent look at it did', async (name) => {
    const run = await runMethod(packets, join(media, name));
    expect(run.result?.status).toBe('completed');
    const streams = described.get(name)?.facts?.ffprobe?.streams ?? [];
    const rows = run.rows('streams');
    expect(rows).toHaveLength(streams.length);
    streams.forEach((stream, i) => {
      if (stream.codec_name !== undefined) expect(rows[i]?.['codec']).toBe(stream.codec_name);
      // An AVI counts samples of sound, not packets.
      const countsPackets = stream.codec_type === 'video' || !/avi$/i.test(name);
      if (stream.nb_frames !== undefined && countsPackets) {
        // Where the edit list leaves packets out, the method has to say so.
        const told = run.findings.find(
          (finding) => finding.code === 'declared-count-differs' && finding.details['stream'] === i,
        );
        const packetsOrDeclared = told?.measures['declared']?.value ?? rows[i]?.['packets'];
        expect(packetsOrDeclared).toBe(Number(stream.nb_frames));
      }
    });
    await sayAll('packets', run);
  });

  it('agrees with vPDQ on the number of pictures', async () => {
    for (const name of ['pattern-hd-no-bar', 'pattern-sd-grey-bar']) {
      const lines = readFileSync(join(media, `video_reencoded/expected/${name}.vpdq.txt`), 'utf8')
        .trim()
        .split('\n');
      const run = await runMethod(frames, join(media, `video_reencoded/${name}.mp4`));
      expect(run.finding('frames-decoded').measures['frames']?.value).toBe(lines.length);
    }
  });

  it('sees what makes cursed-vfr cursed: intervals from a few milliseconds to seconds', async () => {
    const run = await runMethod(packets, join(media, 'video_structure/cursed-vfr.mp4'));
    const { measures } = run.finding('variable-rate');
    expect(Number(measures['longestMs']?.value)).toBeGreaterThan(10 * Number(measures['medianMs']?.value));
  });
});
