import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../src/base/bytes.ts';
import { identifyContent } from '../../../src/containers/identify-content.ts';
import { readEditLists } from '../../../src/containers/read-edit-lists.ts';
import { nodesOfType, numberField, textField } from '../../../src/containers/structure-query.ts';
import type { Structure } from '../../../src/containers/structure.ts';
import { walkStructure } from '../../../src/containers/walk-structure.ts';
import { makeClip, makeMedia } from '../../support/make-media.ts';
import { boxesByMp4box } from '../../support/mp4box-oracle.ts';
import { fieldsAt, nodeAt } from '../../support/walk-bytes.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

interface Probed {
  readonly streams: readonly Record<string, string | number>[];
  readonly format: Record<string, string>;
}

/** What ffprobe says of a file, with packets counted. */
async function probe(name: string): Promise<Probed> {
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json', at(name)],
  ]);
  return JSON.parse(stdout) as Probed;
}

async function walk(name: string): Promise<Structure> {
  return walkStructure(bytesInMemory(new Uint8Array(await readFile(at(name)))));
}

const movies = [
  'plain.mp4',
  'fast.mp4',
  'fragmented.mp4',
  'clip.mov',
  'sound.m4a',
  'clip.3gp',
  'turned.mp4',
  'many.mp4',
];
const others: Readonly<Record<string, string>> = {
  'clip.mkv': 'mkv',
  'clip.webm': 'webm',
  'clip.avi': 'avi',
  'sound.wav': 'wav',
  'sound.flac': 'flac',
  'sound.mp3': 'mp3',
  'sound.ogg': 'ogg',
  'sound.aac': 'aac',
  'clip.ts': 'mpeg-ts',
  'clip.m2ts': 'm2ts',
  'clip.mpg': 'mpeg-ps',
  'clip.flv': 'flv',
  'clip.wmv': 'asf',
  'picture.jpg': 'jpeg',
  'picture.png': 'png',
  'picture.gif': 'gif',
  'picture.bmp': 'bmp',
  'picture.tiff': 'tiff',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-containers-'));
  await makeClip(at('plain.mp4'));
  const copy = ['-i', at('plain.mp4'), '-c', 'copy'];
  const short = ['-i', at('plain.mp4'), '-t', '0.5'];
  const tone = ['-f', 'lavfi', '-i', 'sine=duration=0.5'];
  await Promise.all([
    makeMedia([...copy, '-movflags', '+faststart', at('fast.mp4')]),
    makeMedia([...copy, '-movflags', '+frag_keyframe+empty_moov+default_base_moof', at('fragmented.mp4')]),
    makeMedia(['-i', at('plain.mp4'), '-c:v', 'copy', '-c:a', 'pcm_s16le', at('clip.mov')]),
    makeMedia([...copy, '-vn', '-metadata', 'title=Сынақ', at('sound.m4a')]),
    makeMedia([...short, '-c:v', 'h263', '-s', '352x288', '-an', at('clip.3gp')]),
    makeMedia([...copy, '-metadata:s:v', 'rotate=90', at('turned.mp4')]),
    makeMedia([...copy, '-map', '0:v', '-map', '0:v', '-map', '0:a', '-map', '0:a', '-ss', '0.3', at('many.mp4')]),
    makeMedia([...copy, at('clip.mkv')]),
    makeMedia([...short, '-c:v', 'libvpx', '-c:a', 'libopus', at('clip.webm')]),
    makeMedia([...short, '-c:v', 'mjpeg', '-c:a', 'pcm_s16le', at('clip.avi')]),
    makeMedia([...tone, '-write_bext', '1', '-metadata', 'originator=a recorder', at('sound.wav')]),
    ...['flac', 'mp3', 'ogg', 'aac'].map((e) =>
      makeMedia([...tone, ...(e === 'ogg' ? ['-c:a', 'libvorbis'] : []), at(`sound.${e}`)]),
    ),
    makeMedia([...copy, at('clip.ts')]),
    makeMedia([...copy, '-f', 'mpegts', '-mpegts_m2ts_mode', '1', at('clip.m2ts')]),
    makeMedia([...short, '-c:v', 'mpeg1video', '-c:a', 'mp2', at('clip.mpg')]),
    makeMedia([...copy, at('clip.flv')]),
    makeMedia([...short, at('clip.wmv')]),
    ...['jpg', 'png', 'gif', 'bmp', 'tiff'].map((e) =>
      makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=160x120', '-frames:v', '1', at(`picture.${e}`)]),
    ),
  ]);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('movies, against mp4box.js', () => {
  it.each(movies)('%s: every box that it finds is at the same place', async (name) => {
    const structure = await walk(name);
    const ours = new Set(
      structure.nodes.map((node) => `${node.type.slice(0, 4)} ${node.offsetBytes} ${node.sizeBytes}`),
    );
    const oracle = boxesByMp4box(new Uint8Array(await readFile(at(name))));
    expect(oracle.length).toBeGreaterThan(10);
    const missing = oracle.filter(({ type, offset, size }) => !ours.has(`${type} ${offset} ${size}`));
    // QuickTime's sound extension is a box of boxes to us, and bytes to mp4box.js: it cannot be missing on our side.
    expect(missing).toEqual([]);
    expect(structure.errors).toEqual([]);
    expect(structure.nodes.filter(({ known }) => !known)).toEqual([]);
  });

  it.each(movies)('%s: we find no top box that it does not', async (name) => {
    const structure = await walk(name);
    const depthOne = structure.nodes
      .filter(({ depth }) => depth === 0)
      .map(({ type, offsetBytes }) => [type, offsetBytes]);
    const oracle = boxesByMp4box(new Uint8Array(await readFile(at(name))));
    const places = new Set(oracle.map(({ offset }) => offset));
    expect(depthOne.filter(([, offset]) => !places.has(offset as number))).toEqual([]);
  });
});

describe('movies, against ffprobe', () => {
  it.each(movies.filter((name) => name !== 'fragmented.mp4'))(
    '%s: tracks, sizes, samples and times agree',
    async (name) => {
      const [structure, probed] = [await walk(name), await probe(name)];
      expect(nodesOfType(structure, 'trak')).toHaveLength(probed.streams.length);
      probed.streams.forEach((stream, index) => {
        const track = probed.streams.length === 1 ? 'moov/trak' : `moov/trak[${index}]`;
        expect(fieldsAt(structure, `${track}/tkhd`)['trackId']).toBe(Number(stream['id']));
        // A sample of uncompressed sound is one moment of it; ffprobe reads many of them as a packet.
        if (!String(stream['codec_name']).startsWith('pcm'))
          expect(fieldsAt(structure, `${track}/mdia/minf/stbl/stsz`)['sampleCount']).toBe(
            Number(stream['nb_read_packets']),
          );
        expect(fieldsAt(structure, `${track}/mdia/mdhd`)['timescale']).toBe(
          Number(String(stream['time_base']).split('/')[1]),
        );
        const entry = structure.nodes.find(
          ({ parent }) => parent === nodeAt(structure, `${track}/mdia/minf/stbl/stsd`).id,
        );
        expect(entry?.type).toBe(stream['codec_tag_string']);
        if (stream['codec_type'] === 'video') {
          expect(numberField(entry, 'width')).toBe(stream['width']);
          expect(numberField(entry, 'height')).toBe(stream['height']);
        } else expect(numberField(entry, 'sampleRateHz')).toBe(Number(stream['sample_rate']));
      });
    },
  );

  it('a fragmented file has its samples in runs', async () => {
    const [structure, probed] = [await walk('fragmented.mp4'), await probe('fragmented.mp4')];
    const samples = nodesOfType(structure, 'trun').reduce(
      (sum, run) => sum + (numberField(run, 'sampleCount') ?? 0),
      0,
    );
    const packets = probed.streams.reduce((sum, stream) => sum + Number(stream['nb_read_packets']), 0);
    expect(samples).toBe(packets);
  });

  it('a turned film is turned by as many degrees', async () => {
    const structure = await walk('turned.mp4');
    const turns = nodesOfType(structure, 'tkhd').map((node) => numberField(node, 'rotationDeg'));
    const probed = await probe('turned.mp4');
    const sideData = probed.streams[0]?.['side_data_list'] as unknown as { rotation: number }[];
    // ffprobe counts anticlockwise.
    expect(sideData[0]?.rotation).not.toBe(0);
    expect(turns).toEqual([(360 - (sideData[0]?.rotation ?? 0)) % 360, 0]);
  });

  it('edit lists skip what the encoder says it put in front', async () => {
    const lists = readEditLists(await walk('plain.mp4'));
    expect(lists.map(({ handler }) => handler)).toEqual(['vide', 'soun']);
    expect(lists[1]?.entries).toEqual([{ segmentDuration: 2000, mediaTime: 1024, rate: 1 }]);
  });

  it('tags are read', async () => {
    const structure = await walk('sound.m4a');
    expect(fieldsAt(structure, 'moov/udta/meta/ilst/©nam/data')['value']).toBe('Сынақ');
  });
});

describe('other containers, against ffprobe', () => {
  it.each(['clip.mkv', 'clip.webm'])('%s: tracks, duration and blocks agree', async (name) => {
    const [structure, probed] = [await walk(name), await probe(name)];
    expect(structure.errors).toEqual([]);
    expect(structure.nodes.filter(({ known }) => !known)).toEqual([]);
    expect(nodesOfType(structure, 'TrackEntry')).toHaveLength(probed.streams.length);
    const durationMs = numberField(nodesOfType(structure, 'Duration')[0], 'value') ?? 0;
    expect(durationMs / 1000).toBeCloseTo(Number(probed.format['duration']), 3);
    const blocks = nodesOfType(structure, 'Cluster').reduce((sum, node) => sum + (numberField(node, 'blocks') ?? 0), 0);
    expect(blocks).toBe(probed.streams.reduce((sum, stream) => sum + Number(stream['nb_read_packets']), 0));
    expect(numberField(nodesOfType(structure, 'PixelWidth')[0], 'value')).toBe(probed.streams[0]?.['width']);
    // FFmpeg writes checksums into Matroska, and none into WebM.
    const checksums = nodesOfType(structure, 'CRC-32');
    expect(checksums.length > 2).toBe(name === 'clip.mkv');
    for (const node of checksums) expect(node.fields).toContainEqual({ name: 'matches', value: true });
    expect(textField(nodesOfType(structure, 'MuxingApp')[0], 'value')).toMatch(/^Lavf/);
  });

  it('clip.avi: streams and frames agree', async () => {
    const [structure, probed] = [await walk('clip.avi'), await probe('clip.avi')];
    expect(structure.errors).toEqual([]);
    expect(numberField(nodesOfType(structure, 'avih')[0], 'totalFrames')).toBe(
      Number(probed.streams[0]?.['nb_read_packets']),
    );
    expect(fieldsAt(structure, 'RIFF:AVI/LIST:movi')['chunks[00dc]']).toBe(
      Number(probed.streams[0]?.['nb_read_packets']),
    );
    expect(fieldsAt(structure, 'RIFF:AVI/LIST:hdrl/LIST:strl[1]/strf')['sampleRateHz']).toBe(
      Number(probed.streams[1]?.['sample_rate']),
    );
  });

  it('sound.wav: format and recorder’s record agree', async () => {
    const [structure, probed] = [await walk('sound.wav'), await probe('sound.wav')];
    expect(structure.errors).toEqual([]);
    expect(fieldsAt(structure, 'RIFF:WAVE/fmt')['sampleRateHz']).toBe(Number(probed.streams[0]?.['sample_rate']));
    expect(fieldsAt(structure, 'RIFF:WAVE/bext')['originator']).toBe('a recorder');
  });

  it.each(['picture.jpg', 'picture.png', 'picture.gif'])('%s: size agrees, and nothing is wrong', async (name) => {
    const [structure, probed] = [await walk(name), await probe(name)];
    const sizes = structure.nodes.map((node) => [numberField(node, 'width'), numberField(node, 'height')]);
    expect(sizes).toContainEqual([probed.streams[0]?.['width'], probed.streams[0]?.['height']]);
    expect(structure.errors).toEqual([]);
  });
});

describe('what files that ffmpeg wrote are by their content', () => {
  it.each(Object.entries(others))('%s', async (name, format) => {
    const identity = await identifyContent(bytesInMemory(new Uint8Array(await readFile(at(name)))));
    expect(identity.format).toBe(format);
  });

  it.each(['plain.mp4', 'clip.mov', 'sound.m4a', 'clip.3gp'])('%s', async (name) => {
    const identity = await identifyContent(bytesInMemory(new Uint8Array(await readFile(at(name)))));
    expect(identity.format).toBe(name.split('.')[1]);
  });
});
