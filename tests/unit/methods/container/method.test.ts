import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { container } from '../../../../src/methods/container/method.ts';
import {
  allSamples,
  box,
  chunk,
  element,
  fullBox,
  joinBytes,
  list,
  movieHeader,
  pngChunk,
  quality50,
  sampleAvi,
  sampleFragmentedMp4,
  sampleGif,
  sampleJpeg,
  sampleLiveWebm,
  sampleMatroska,
  sampleMp4,
  sampleMultiPicture,
  samplePng,
  sampleWav,
  segment,
  track,
  u32,
  zeros,
} from '../../../support/container-samples.ts';
import { runOnBytes } from '../../../support/run-on-bytes.ts';
import texts from '../../../../resources/locales/en/methods/container.json' with { type: 'json' };

const run = (bytes: Uint8Array) => runOnBytes(container, bytes, 'x');

describe('the tables', () => {
  it('list every node with its place, and are a tree', async () => {
    const { artefacts, rows } = await run(sampleMp4());
    expect(artefacts.get('structure')).toMatchObject({
      kind: 'table',
      depthColumn: 'depth',
      mediaType: 'application/json',
    });
    const nodes = rows('structure');
    expect(nodes[0]).toEqual({
      ...{ id: 0, parent: -1, depth: 0, type: 'ftyp', path: 'ftyp', offset: 0, size: 32, header: 8, known: true },
    });
    expect(artefacts.get('structure')?.kind === 'table' && artefacts.get('structure')).toHaveProperty(
      'rows',
      nodes.length,
    );
  });

  it('list every field with the node and the bytes it comes from', async () => {
    const { rows } = await run(sampleMp4());
    expect(rows('fields')).toContainEqual({ node: 0, name: 'majorBrand', value: 'isom', offset: 8, length: 4 });
  });

  it('list errors, also when there are none', async () => {
    expect((await run(sampleMp4())).rows('errors')).toEqual([]);
    const broken = await run(sampleMp4().subarray(0, 400));
    expect(broken.rows('errors')[0]).toMatchObject({ code: 'size-beyond-file', path: 'moov' });
  });

  it('are the same bytes each time', async () => {
    const digests = async () => [...(await run(sampleMp4())).artefacts.values()].map(({ sha256 }) => sha256);
    expect(await digests()).toEqual(await digests());
  });
});

describe('findings of every format', () => {
  it.each(Object.entries(allSamples))('are information or abstention, never a judgement: %s', async (_name, build) => {
    const { findings } = await run(build());
    expect(findings.length).toBeGreaterThan(1);
    for (const { outcome } of findings) expect(['information', 'abstained']).toContain(outcome);
  });

  it.each(Object.entries(allSamples))('have their words in the locale: %s', async (_name, build) => {
    const { findings } = await run(build());
    for (const { code, limits, measures, reason } of findings) {
      expect(texts.findings, code).toHaveProperty(code);
      for (const limit of limits) expect(texts.limits).toHaveProperty(limit);
      for (const name of Object.keys(measures)) expect(texts.measures).toHaveProperty(name);
      if (reason !== undefined) expect(texts.reasons).toHaveProperty(reason);
    }
  });

  it('leave no gap in the words', async () => {
    for (const build of Object.values(allSamples)) {
      for (const { code, measures, details } of (await run(build())).findings) {
        const words = (texts.findings as Record<string, { observation: string }>)[code]?.observation ?? '';
        for (const [, name = ''] of words.matchAll(/\{\{(\w+)\}\}/g))
          expect(Object.keys({ ...measures, ...details }), `${code} says ${name}`).toContain(name);
      }
    }
  });
});

describe('findings of movies', () => {
  it('name the writer with the box that says so', async () => {
    const { finding } = await run(sampleMp4());
    expect(finding('written-by-ffmpeg')).toMatchObject({
      outcome: 'information',
      details: { writer: 'Lavf59.27.100', node: 'moov/udta/meta/ilst/©too/data' },
      limits: ['remux', 'tags-can-be-set'],
    });
    expect(finding('written-by-ffmpeg').places[0]).toMatchObject({ node: 'moov/udta/meta/ilst/©too/data' });
  });

  it('give brand, order of tables and media, handlers and encoder', async () => {
    const { finding } = await run(sampleMp4());
    expect(finding('major-brand').details).toEqual({ brand: 'isom', compatible: 'isom, iso2, avc1, mp41' });
    expect(finding('movie-after-media').measures).toMatchObject({
      movieOffset: { value: 56 },
      mediaOffset: { value: 32 },
    });
    expect(finding('handler-names').details['names']).toBe('HandlerName');
    expect(finding('compressor-names').details['names']).toBe('made by hand');
  });

  it('say when the tables come first', async () => {
    const { codes } = await run(
      joinBytes(box('ftyp', 'isom', u32(0)), box('moov', movieHeader()), box('mdat', zeros(9))),
    );
    expect(codes).toContain('movie-before-media');
  });

  it('describe edit lists by what they do', async () => {
    const edits = [[500, 0xffff_ffff] as const, [1500, 25_600] as const, [100, 0] as const];
    const movie = box('moov', movieHeader(), track({ id: 1, handler: 'vide', timescale: 12_800, edits }));
    const { finding } = await run(joinBytes(box('ftyp', 'isom', u32(0)), movie));
    expect(finding('edit-list').measures).toEqual({
      entries: { value: 3, unit: '1' },
      emptyEdits: { value: 1, unit: '1' },
      delay: { value: 500, unit: 'ms' },
      skipped: { value: 2000, unit: 'ms' },
    });
  });

  it('tell a plain edit list, and one without a time scale', async () => {
    const plain = track({ id: 1, handler: 'vide', timescale: 600, edits: [[2000, 0]] });
    const movie = await run(joinBytes(box('ftyp', 'isom', u32(0)), box('moov', movieHeader(), plain)));
    expect(movie.codes).toContain('edit-list-plain');
    const untimed = await run(joinBytes(box('ftyp', 'isom', u32(0)), box('moov', plain)));
    expect(untimed.codes).toContain('edit-list-untimed');
  });

  it('count fragments, and several media boxes outside of fragments', async () => {
    expect((await run(sampleFragmentedMp4())).finding('fragmented').measures['fragments']?.value).toBe(1);
    const two = joinBytes(sampleMp4(), box('mdat', zeros(4)));
    expect((await run(two)).finding('several-media-boxes').measures['boxes']?.value).toBe(2);
    expect((await run(joinBytes(sampleFragmentedMp4(), box('mdat')))).codes).not.toContain('several-media-boxes');
  });

  it('say what free space holds', async () => {
    expect((await run(sampleMp4())).finding('free-space-with-text')).toMatchObject({
      measures: { size: { value: 16 }, nonZero: { value: 11 } },
      details: { text: 'signed here' },
    });
    const empty = joinBytes(box('ftyp', 'isom', u32(0)), box('moov'), box('free', zeros(8)));
    expect((await run(empty)).codes).toContain('free-space');
  });

  it('list unknown boxes and bytes behind the last box', async () => {
    const { finding } = await run(joinBytes(sampleMp4(), box('zzzz', zeros(2)), 'a tail of words'));
    expect(finding('unknown-nodes').details['types']).toBe('zzzz');
    expect(finding('trailing-bytes').measures['length']?.value).toBe(15);
  });

  it('say that content credentials are there, and not that they hold', async () => {
    const id = [0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81];
    const manifest = box(
      'uuid',
      id,
      u32(0),
      'manifest\0',
      zeros(8),
      box('jumb', box('jumd', zeros(16), [3], 'c2pa\0')),
    );
    const { finding } = await run(joinBytes(box('ftyp', 'isom', u32(0)), manifest, box('moov')));
    expect(finding('content-credentials-present').limits).toEqual(['credentials-not-verified-here']);
  });
});

describe('findings of Matroska files', () => {
  it('name both writing programs and the checksums', async () => {
    const { findings, finding } = await run(sampleMatroska());
    expect(
      findings.filter(({ code }) => code.startsWith('written-by')).map(({ details }) => details['writer']),
    ).toEqual([...['Lavf59.27.100', 'a writer', 'hand']]);
    expect(finding('checksums-match').measures).toMatchObject({ checksums: { value: 1 }, checked: { value: 1 } });
    expect(finding('clusters').measures).toMatchObject({ clusters: { value: 1 }, blocks: { value: 3 } });
    expect(finding('no-cues').outcome).toBe('information');
  });

  it('say which elements changed under their checksum', async () => {
    const bytes = sampleMatroska();
    bytes[Buffer.from(bytes).indexOf('a writer')] = 0x62;
    const { finding } = await run(bytes);
    expect(finding('checksums-differ').places).toMatchObject([{ node: 'Segment/Info/CRC-32' }]);
  });

  it('say that sizes were left open', async () => {
    expect((await run(sampleLiveWebm())).finding('unknown-sizes').measures['elements']?.value).toBe(3);
  });
});

describe('findings of RIFF files', () => {
  it('name the writer and the index', async () => {
    const { finding } = await run(sampleAvi());
    expect(finding('written-by-ffmpeg').details['node']).toBe('RIFF:AVI /LIST:INFO/ISFT');
    expect(finding('avi-index').measures['entries']?.value).toBe(2);
  });

  it('say that an index or frames are missing', async () => {
    const { codes } = await run(sampleAvi({ index: false, frames: 5 }));
    expect(codes).toContain('avi-index-missing');
    expect(codes).toContain('avi-frame-count-differs');
  });

  it('give the recorder’s record of a broadcast wave', async () => {
    expect((await run(sampleWav())).finding('broadcast-extension')).toMatchObject({
      measures: { sinceMidnight: { value: 60, unit: 's' } },
      details: { originator: 'recorder', date: '2024-05-06', time: '12:13:14' },
    });
  });

  it('count the chunks of a long file', async () => {
    const { finding } = await run(
      joinBytes(sampleAvi(), list('RIFF', 'AVIX', list('LIST', 'movi', chunk('00dc', [1])))),
    );
    expect(finding('several-riff-chunks').measures['chunks']?.value).toBe(2);
  });
});

describe('findings of pictures', () => {
  it('say the quality of standard tables', async () => {
    expect((await run(sampleJpeg())).finding('quantisation-standard')).toMatchObject({
      measures: { quality: { value: 50 } },
      limits: ['standard-tables-say-nothing'],
    });
  });

  it('compare own tables by a digest', async () => {
    const own = quality50.map((value) => value + 1);
    const digestOf = async (values: number[]) =>
      (await run(joinBytes([0xff, 0xd8], segment(0xdb, [0], values), [0xff, 0xd9]))).finding('quantisation-own')
        .details['digest'];
    expect(await digestOf(own)).toBe(await digestOf([...own]));
    expect(await digestOf(own)).not.toBe(await digestOf(own.map((value) => value + 1)));
  });

  it('say when tables are of different kinds', async () => {
    const own = quality50.map((value) => value + 1);
    const { finding } = await run(joinBytes([0xff, 0xd8], segment(0xdb, [0], quality50, [1], own), [0xff, 0xd9]));
    expect(finding('quantisation-mixed').details['qualities']).toBe('luminance 50, –');
  });

  it('tell progressive from baseline', async () => {
    expect((await run(sampleJpeg())).codes).toContain('picture-coding');
    expect((await run(sampleJpeg({ progressive: true }))).finding('progressive').details['process']).toBe(
      'progressive',
    );
  });

  it('give the order of segments and the comments', async () => {
    const { finding } = await run(sampleJpeg());
    expect(finding('segment-order').details['order']).toBe('SOI APP0:JFIF COM DQT DRI SOF0 DHT SOS EOI');
    expect(finding('comments').details['names']).toBe('a comment');
  });

  it('do not print a comment that is no text', async () => {
    const noise = Uint8Array.from({ length: 200 }, (_, index) => (index * 91) & 255);
    const { codes, finding } = await run(joinBytes([0xff, 0xd8], segment(0xfe, noise), [0xff, 0xd9]));
    expect(codes).not.toContain('comments');
    expect(finding('comments-without-text').measures).toMatchObject({ segments: { value: 1 }, size: { value: 200 } });
  });

  it('say that the end is missing', async () => {
    expect((await run(sampleJpeg({ end: false }))).codes).toContain('end-of-image-missing');
    expect((await run(samplePng().subarray(0, -12))).codes).toContain('end-of-image-missing');
  });

  it('count pictures that an index lists', async () => {
    expect((await run(sampleMultiPicture())).finding('several-pictures').measures).toMatchObject({
      ...{ listed: { value: 2 }, found: { value: 2 } },
    });
  });

  it('say where EXIF stands in a PNG, and who wrote it', async () => {
    const { finding } = await run(samplePng());
    expect(finding('exif-after-image-data').places[0]).toMatchObject({ node: 'eXIf' });
    expect(finding('written-by').details).toEqual({ writer: 'a painter', node: 'tEXt' });
  });

  it('give the comment of a GIF', async () => {
    expect((await run(sampleGif())).finding('comments').details['names']).toBe('hello');
  });
});

describe('what is not walked', () => {
  it('does not apply, with the reason', async () => {
    const { applies, reason } = await run(joinBytes('just text'));
    expect(applies).toBe(false);
    expect(texts.reasons).toHaveProperty(reason ?? '');
  });

  it('because a bound was reached is said', async () => {
    let nested = new Uint8Array(0);
    for (let level = 0; level < 80; level++) nested = Uint8Array.from(element(0x67c8, nested));
    const { finding } = await run(joinBytes(element(0x1a45dfa3), element(0x18538067, nested)));
    expect(finding('walk-stopped')).toMatchObject({ outcome: 'abstained', reason: 'bound-depth' });
  });
});

describe('any damage', () => {
  it('gives findings that hold to their form', async () => {
    const samples = Object.values(allSamples).map((build) => build());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.nat(), fc.nat(255), fc.nat(), async (sample, at, value, cut) => {
        const bytes = Uint8Array.from(sample).subarray(0, Math.max(16, cut % (sample.length + 1)));
        bytes[at % bytes.length] = value;
        const { applies, findings } = await run(bytes);
        if (applies) expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('of names does not reach beyond its sentence', async () => {
    const name = 'x'.repeat(10_000);
    const handler = fullBox('hdlr', 0, 0, zeros(4), 'vide', zeros(12), name);
    const { finding } = await run(joinBytes(box('ftyp', 'isom', u32(0)), box('moov', box('trak', handler))));
    expect(String(finding('handler-names').details['names']).length).toBeLessThanOrEqual(161);
    expect((await run(joinBytes(samplePng().subarray(0, 33), pngChunk('tEXt', 'Software\0 \0 ')))).codes).not.toContain(
      'written-by',
    );
  });
});
