import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { below, copyName, lastName, nameOf, parentOf } from '../../../../src/case/intake/case-path.ts';
import { isoOf } from '../../../../src/case/intake/file-times.ts';
import { findAsGiven } from '../../../../src/case/intake/find-as-given.ts';

describe('copyName', () => {
  it.each([
    ['clip.mp4', 'original.mp4'],
    ['CLIP.MP4', 'original.mp4'],
    ['a.tar.gz', 'original.gz'],
    ['.mp4', 'original.bin'],
    ['.hidden.jpg', 'original.jpg'],
    ['noextension', 'original.bin'],
    ['dot.', 'original.bin'],
    ['long.extension', 'original.bin'],
    ['a.m p4', 'original.bin'],
    ['a.mp4\n', 'original.bin'],
    ['line\nbreak.mp4', 'original.mp4'],
    ['видео.мп4', 'original.bin'],
    ['kelvin.\u212a', 'original.bin'],
    ['..', 'original.bin'],
    ['', 'original.bin'],
  ])('of %j is %s', (name, copy) => {
    expect(copyName(name)).toBe(copy);
  });

  it('is a plain name whatever a stranger calls a file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 40 }), (name) =>
        /^original\.[a-z0-9]{1,8}$/.test(copyName(name)),
      ),
    );
  });
});

describe('paths as bytes', () => {
  const bytes = (text: string) => Buffer.from(text);

  it('are taken apart and put together', () => {
    expect(lastName(bytes('a/b/')).toString()).toBe('b');
    expect(lastName(bytes('b')).toString()).toBe('b');
    expect(lastName(bytes('/')).toString()).toBe('');
    expect(parentOf(bytes('a/b')).toString()).toBe('a');
    expect(parentOf(bytes('a//b/')).toString()).toBe('a');
    expect(parentOf(bytes('a')).toString()).toBe('');
    expect(below(bytes('/'), bytes('a')).toString()).toBe('/a');
    expect(below(bytes('a'), bytes('b')).toString()).toBe('a/b');
  });

  it('keep the bytes of a name that is not UTF-8', () => {
    expect(nameOf(Buffer.from([0x61, 0xff]))).toEqual({ text: 'a\ufffd', bytes: '61ff' });
    expect(nameOf(bytes('Қазақстан'))).toEqual({ text: 'Қазақстан' });
  });
});

describe('isoOf', () => {
  it.each([
    [0n, '1970-01-01T00:00:00.000Z'],
    [1_700_000_000_123_000_000n, '2023-11-14T22:13:20.123Z'],
    [1_700_000_000_123_456_789n, '2023-11-14T22:13:20.123456789Z'],
    [-1n, '1969-12-31T23:59:59.999999999Z'],
    [10n ** 21n, null],
    [-(10n ** 21n), null],
  ])('of %s ns is %s', (nanoseconds, iso) => {
    expect(isoOf(nanoseconds)).toBe(iso);
  });
});

describe('findAsGiven', () => {
  let folder: string;
  const raw = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-given-'));
    await mkdir(raw(folder, '/dir', [0xe9]));
    await writeFile(raw(folder, '/dir', [0xe9], '/clip', [0xff], '.mp4'), '');
    await writeFile(raw(folder, '/two', [0xfe]), '');
    await writeFile(raw(folder, '/two', [0xff]), '');
    await writeFile(join(folder, 'real\ufffd'), '');
  });
  afterAll(() => rm(Buffer.from(folder), { recursive: true, force: true }));

  it('finds the bytes behind a path that a command line could not hold', async () => {
    expect(await findAsGiven(`${folder}/dir\ufffd/clip\ufffd.mp4`)).toEqual(
      raw(folder, '/dir', [0xe9], '/clip', [0xff], '.mp4'),
    );
  });

  it('does not choose between two names that read the same', async () => {
    expect(await findAsGiven(`${folder}/two\ufffd`)).toEqual(Buffer.from(`${folder}/two\ufffd`));
  });

  it('prefers a name that really holds that character, and leaves other paths alone', async () => {
    expect(await findAsGiven(`${folder}/real\ufffd`)).toEqual(Buffer.from(`${folder}/real\ufffd`));
    expect(await findAsGiven('nowhere/at all')).toEqual(Buffer.from('nowhere/at all'));
    const bytes = raw([0xff]);
    expect(await findAsGiven(bytes)).toBe(bytes);
  });
});
