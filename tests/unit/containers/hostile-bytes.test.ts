import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory, type ByteSource } from '../../../src/base/bytes.ts';
import { canonicalJson } from '../../../src/base/canonical-json.ts';
import { identifyContent } from '../../../src/containers/identify-content.ts';
import { defaultBounds, type Structure } from '../../../src/containers/structure.ts';
import { readEditLists } from '../../../src/containers/read-edit-lists.ts';
import { walkStructure } from '../../../src/containers/walk-structure.ts';
import { allSamples, box, element, joinBytes, list, u32, zeros } from '../../support/container-samples.ts';

/** What must hold of every structure, whatever the bytes were; plain code, as it runs a hundred thousand times. */
function expectSound(structure: Structure, sizeBytes: number): void {
  expect(unsoundness(structure, sizeBytes)).toEqual([]);
}

function unsoundness({ nodes, errors }: Structure, sizeBytes: number): readonly string[] {
  const problems: string[] = [];
  nodes.forEach((node, index) => {
    const end = node.offsetBytes + node.sizeBytes;
    const parent = nodes[node.parent];
    if (node.id !== index || node.parent >= index) problems.push(`${node.path}: out of order`);
    if (!(node.offsetBytes >= 0) || !(node.sizeBytes >= 0) || end > sizeBytes) problems.push(`${node.path}: place`);
    if (node.headerBytes > node.sizeBytes) problems.push(`${node.path}: header`);
    if (node.depth !== (parent === undefined ? 0 : parent.depth + 1)) problems.push(`${node.path}: depth`);
    if (parent && (node.offsetBytes < parent.offsetBytes || end > parent.offsetBytes + parent.sizeBytes))
      problems.push(`${node.path}: outside its parent`);
    for (const { name, value } of node.fields)
      if (typeof value === 'number' && !Number.isFinite(value)) problems.push(`${node.path}: ${name} has no JSON form`);
  });
  if (new Set(nodes.map(({ path }) => path)).size !== nodes.length) problems.push('a path stands twice');
  for (const { code, offsetBytes } of errors) if (!(offsetBytes >= 0)) problems.push(`${code}: offset`);
  return problems;
}

/** Counts what a walk asks of its source, and never gives more than it has. */
function counted(bytes: Uint8Array): ByteSource & { readonly asked: () => number } {
  let asked = 0;
  const source = bytesInMemory(bytes);
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => {
      asked += length;
      return source.read(offset, length);
    },
    asked: () => asked,
  };
}

describe.each(Object.entries(allSamples))('hostile bytes made from %s', (_name, build) => {
  const sample = build();

  it('is walked without an error when it is whole', async () => {
    const structure = await walkStructure(bytesInMemory(sample));
    expectSound(structure, sample.length);
    // Tables are written as canonical JSON.
    expect(() => canonicalJson(structure)).not.toThrow();
    expect(structure.errors).toEqual([]);
    expect(structure.truncatedBy).toBeUndefined();
  });

  it('is walked when it is cut at any byte', async () => {
    for (let length = 0; length < sample.length; length++) {
      const cut = sample.subarray(0, length);
      const structure = await walkStructure(bytesInMemory(cut));
      expectSound(structure, length);
      readEditLists(structure);
      await identifyContent(bytesInMemory(cut));
    }
  });

  it('is walked when any single length field is turned into its largest value', async () => {
    for (let at = 0; at + 4 <= sample.length; at++) {
      const lying = Uint8Array.from(sample);
      lying.fill(0xff, at, at + 4);
      expectSound(await walkStructure(bytesInMemory(lying)), sample.length);
    }
  });

  it('is walked in bounded reads when random bytes of it change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const mutated = Uint8Array.from(sample);
          for (const [at, value] of changes) mutated[at] = value;
          const source = counted(mutated);
          const structure = await walkStructure(source);
          expectSound(structure, mutated.length);
          expect(source.asked()).toBeLessThan(200_000);
          await identifyContent(source);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is walked when pieces of it are taken out or repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sample.length), fc.nat(64), fc.boolean(), async (at, length, repeat) => {
        const piece = sample.subarray(at, at + length);
        const changed = repeat
          ? joinBytes(sample.subarray(0, at), piece, piece, sample.subarray(at + length))
          : joinBytes(sample.subarray(0, at), sample.subarray(at + length));
        expectSound(await walkStructure(bytesInMemory(changed)), changed.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('bounds of a walk', () => {
  const nested = (levels: number, wrap: (inner: Uint8Array) => Uint8Array): Uint8Array => {
    let bytes = new Uint8Array(0);
    for (let level = 0; level < levels; level++) bytes = Uint8Array.from(wrap(bytes));
    return bytes;
  };
  const deep: Readonly<Record<string, Uint8Array>> = {
    boxes: joinBytes(
      box('ftyp', 'isom', u32(0)),
      nested(500, (inner) => box('moov', inner)),
    ),
    elements: joinBytes(
      element(0x1a45dfa3),
      nested(500, (inner) => element(0x18538067, inner)),
    ),
    tags: joinBytes(
      element(0x1a45dfa3),
      element(
        0x18538067,
        nested(500, (inner) => element(0x67c8, inner)),
      ),
    ),
    lists: list(
      'RIFF',
      'AVI ',
      nested(500, (inner) => list('LIST', 'strl', inner)),
    ),
  };

  it.each(Object.entries(deep))('stops at the depth of nested %s and says so', async (_name, bytes) => {
    const structure = await walkStructure(bytesInMemory(bytes));
    expectSound(structure, bytes.length);
    expect(structure.truncatedBy).toBe('depth');
    expect(Math.max(...structure.nodes.map(({ depth }) => depth))).toBe(defaultBounds.maxDepth - 1);
    expect(structure.errors.map(({ code }) => code)).toContain('too-deep');
  });

  it('stops at the number of nodes and keeps what it has', async () => {
    const bytes = joinBytes(box('ftyp', 'isom', u32(0)), ...Array.from({ length: 2000 }, () => box('free')));
    const structure = await walkStructure(bytesInMemory(bytes), { ...defaultBounds, maxNodes: 100 });
    expect(structure.nodes).toHaveLength(100);
    expect(structure.truncatedBy).toBe('nodes');
  });

  it('stops at the number of bytes read', async () => {
    const bytes = joinBytes(allSamples['jpeg']?.().subarray(0, -2) ?? [], zeros(300_000), [0xff, 0xd9]);
    const structure = await walkStructure(bytesInMemory(bytes), { ...defaultBounds, maxReadBytes: 100_000 });
    expect(structure.truncatedBy).toBe('bytes');
    expect(structure.nodes.length).toBeGreaterThan(5);
  });

  it('believes no count that the box cannot hold', async () => {
    for (const type of [
      'stts',
      'ctts',
      'stsz',
      'stsc',
      'stco',
      'co64',
      'stss',
      'elst',
      'trun',
      'sbgp',
      'sidx',
      'iloc',
    ]) {
      const table = box(type, u32(0), u32(0), u32(0xffff_ffff), u32(0xffff_ffff), u32(0xffff_ffff), u32(0xffff_ffff));
      const bytes = joinBytes(box('ftyp', 'isom', u32(0)), box('moov', table));
      const structure = await walkStructure(bytesInMemory(bytes));
      expectSound(structure, bytes.length);
      expect(structure.nodes.at(-1)?.fields.length, type).toBeLessThan(60);
    }
  });

  it('keeps at most five thousand errors and counts the rest', async () => {
    const bad = Array.from({ length: 6000 }, () => box('edts', [0, 0, 0, 200, 1, 2, 3, 4]));
    const structure = await walkStructure(bytesInMemory(joinBytes(box('ftyp', 'isom', u32(0)), box('moov', ...bad))));
    expect(structure.errors).toHaveLength(5001);
    expect(structure.errors.at(-1)).toMatchObject({ code: 'more-errors', details: { count: 1000 } });
  });

  it('keeps a bounded number of fields, and says that there were more', async () => {
    // Seventeen bytes of a Huffman table make five fields.
    const table = joinBytes([0xff, 0xc4], [0xff, 0xfe], zeros(65_532));
    const bytes = joinBytes([0xff, 0xd8], ...Array.from({ length: 80 }, () => table), [0xff, 0xd9]);
    const structure = await walkStructure(bytesInMemory(bytes));
    const fields = structure.nodes.reduce((sum, node) => sum + node.fields.length, 0);
    expect(fields).toBe(defaultBounds.maxNodes * 5);
    expect(structure.errors.map(({ code }) => code)).toContain('fields-not-kept');
  });

  it('keeps a bounded amount of text', async () => {
    const comment = joinBytes([0xff, 0xfe], [0x20, 0x02], 'x'.repeat(0x2000));
    const bytes = joinBytes([0xff, 0xd8], ...Array.from({ length: 5000 }, () => comment), [0xff, 0xd9]);
    const structure = await walkStructure(bytesInMemory(bytes));
    const characters = structure.nodes
      .flatMap(({ fields }) => fields)
      .reduce((sum, f) => sum + String(f.value).length, 0);
    expect(characters).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(structure.errors.map(({ code }) => code)).toEqual(['fields-not-kept']);
  });

  it('stops at millions of tiny headers', async () => {
    const cues = element(
      0x1c53bb6b,
      new Uint8Array(5_000_000).map((_, index) => (index % 2 === 0 ? 0xbb : 0x80)),
    );
    const bytes = joinBytes(element(0x1a45dfa3), element(0x18538067, cues));
    const structure = await walkStructure(bytesInMemory(bytes));
    expect(structure.truncatedBy).toBe('bytes');
    expect(structure.nodes.length).toBeLessThan(1000);
  });

  it('goes quickly through millions of tiny blocks', async () => {
    const blocks = new Uint8Array(20_000_000).map((_, index) => (index % 2 === 0 ? 1 : 9));
    const bytes = joinBytes('GIF89a', zeros(7), [0x21, 0xfe], blocks, [0, 0x3b]);
    const structure = await walkStructure(bytesInMemory(bytes));
    expect(structure.errors).toEqual([]);
    expect(structure.nodes.map(({ type }) => type)).toEqual(['logical-screen', 'comment-extension', 'trailer']);
  });

  it('asks tens of thousands of tracks for their edit lists in no long time', async () => {
    const tracks = Array.from({ length: 40_000 }, () => box('trak', box('edts')));
    const structure = await walkStructure(
      bytesInMemory(joinBytes(box('ftyp', 'isom', u32(0)), box('moov', ...tracks))),
    );
    expect(readEditLists(structure)).toHaveLength(40_000);
  });
});
