import { describe, expect, it } from 'vitest';
import { readProbe } from '../../../src/media/probe-record.ts';

const video =
  'stream|index=0|codec_name=h264|codec_type=video|codec_tag=0x31637661|width=1920|height=1080|pix_fmt=yuv420p|avg_frame_rate=30000/1001|time_base=1/90000|start_pts=-3003|duration_ts=270270|nb_frames=90|disposition:attached_pic=0|tag:language=und';

describe('readProbe', () => {
  it('reads out what methods use and keeps the rest as printed', () => {
    const probe = readProbe(
      `${video}\nformat|filename=/cases/1/original.mp4|format_name=mov,mp4|start_time=-0.033367|duration=3.003000|bit_rate=4000|tag:major_brand=isom\n`,
      ['a message'],
    );
    expect(probe).toMatchObject({
      ...{ formatName: 'mov,mp4', startMs: -33.367, durationMs: 3003, bitRate: 4000, messages: ['a message'] },
      tags: { major_brand: 'isom' },
    });
    expect(probe.streams[0]).toMatchObject({
      ...{ index: 0, type: 'video', codec: 'h264', width: 1920, height: 1080, pixelFormat: 'yuv420p' },
      ...{
        timeBase: { num: 1, den: 90000 },
        averageFrameRate: { num: 30000, den: 1001 },
        startPts: -3003,
        durationTicks: 270270,
      },
      ...{ attachedPicture: false, tags: { language: 'und' } },
    });
    expect(probe.streams[0]?.printed).toMatchObject({ nb_frames: 90, codec_tag: '0x31637661' });
  });

  it('leaves out where the copy lies', () => {
    expect(readProbe('format|filename=/cases/1/original.mp4|format_name=avi', []).printed).toEqual({
      format_name: 'avi',
    });
  });

  it('reads the turn of a picture clockwise, from the display matrix or the tag', () => {
    const turned = (more: string): number | undefined => readProbe(`${video}|${more}`, []).streams[0]?.rotationDeg;
    expect(turned('side_data|side_data_type=Display Matrix|rotation=-90')).toBe(90);
    expect(turned('side_data|side_data_type=Display Matrix|rotation=90')).toBe(270);
    expect(turned('side_data|side_data_type=Display Matrix|rotation=180')).toBe(180);
    expect(turned('side_data|side_data_type=Display Matrix|rotation=-0')).toBe(0);
    expect(turned('tag:rotate=270')).toBe(270);
    expect(turned('side_data|side_data_type=Display Matrix|rotation=33')).toBeUndefined();
    expect(turned('x=1')).toBeUndefined();
  });

  it('takes N/A, 0/0 and nonsense for not known', () => {
    const [stream] = readProbe(
      'stream|index=3|codec_type=data|avg_frame_rate=0/0|time_base=x|start_pts=N/A|duration_ts=N/A|width=0|height=-2|pix_fmt=unknown',
      [],
    ).streams;
    expect(stream).toMatchObject({ type: 'data', codec: 'unknown', startPts: null, durationTicks: null });
    for (const key of ['averageFrameRate', 'width', 'height', 'pixelFormat', 'sampleRateHz', 'rotationDeg']) {
      expect(stream).not.toHaveProperty(key);
    }
  });

  it('knows a cover from a moving picture', () => {
    expect(readProbe(video.replace('attached_pic=0', 'attached_pic=1'), []).streams[0]?.attachedPicture).toBe(true);
  });

  it('makes something of nothing', () => {
    expect(readProbe('', [])).toMatchObject({ formatName: 'unknown', durationMs: null, streams: [] });
  });
});
