import { createHash, randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyAndHash, verifyCopy, type CopyMachine } from '../../../../src/case/intake/copy-and-verify.ts';
import { openHashCrew } from '../../../../src/case/intake/hash-crew.ts';
import { openOriginal } from '../../../../src/case/intake/read-original.ts';
import { openSlotRing } from '../../../../src/case/intake/slot-ring.ts';

const slotBytes = 65_536;
const longAgo = new Date('2001-02-03T04:05:06Z');
const never = new AbortController().signal;
let folder: string;
let machine: CopyMachine;

beforeAll(() => {
  const ring = openSlotRing(slotBytes, 4);
  machine = { ring, crew: openHashCrew(ring.memory) };
});
afterAll(() => machine.crew.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-copy-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const from = () => join(folder, 'from');
const to = () => join(folder, 'to');
const digest = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest('hex');

async function copy(advance: (bytes: number) => void = () => undefined, signal = never) {
  const original = await openOriginal(Buffer.from(from()));
  try {
    return await copyAndHash(machine, original, 'shown', to(), advance, signal);
  } finally {
    await original.handle.close();
  }
}

describe('copyAndHash and verifyCopy', () => {
  // Around the slot's end, the disk's blocks, and the size from which threads and direct transfers are used.
  it.each([0, 1, 4095, 4096, 65_535, 65_536, 65_537, 262_144, 1_048_575, 1_048_576, 1_048_577, 1_234_567])(
    'copy %i bytes exactly, with the three digests that others compute',
    async (size) => {
      const bytes = randomBytes(size);
      await writeFile(from(), bytes);
      let advanced = 0;
      const copied = await copy((count) => (advanced += count));
      expect(copied).toEqual({
        sizeBytes: size,
        digests: { sha256: digest('sha256', bytes), sha512: digest('sha512', bytes), md5: digest('md5', bytes) },
      });
      expect(advanced).toBe(size);
      expect((await readFile(to())).equals(bytes)).toBe(true);
      expect((await stat(to())).mode & 0o777).toBe(0o444);
      expect(['storage', 'system']).toContain(await verifyCopy(machine, copied, 'shown', to(), () => undefined, never));
    },
  );

  it.each(['flipped', 'shorter', 'longer', 'gone'])('find a copy that is %s when it is read back', async (change) => {
    const bytes = randomBytes(200_000);
    await writeFile(from(), bytes);
    const copied = await copy();
    await chmod(to(), 0o644);
    const flipped = Buffer.from(bytes);
    flipped[123_456] = (flipped[123_456] ?? 0) ^ 1;
    if (change === 'flipped') await writeFile(to(), flipped);
    else if (change === 'shorter') await writeFile(to(), bytes.subarray(1));
    else if (change === 'longer') await appendFile(to(), 'x');
    else await rm(to());
    await expect(verifyCopy(machine, copied, 'shown', to(), () => undefined, never)).rejects.toMatchObject({
      code: 'copy-differs',
    });
  });

  it('refuse an original that grows, shrinks or is written to while it is read', async () => {
    const bytes = randomBytes(500_000);
    for (const change of [
      () => appendFile(from(), 'more'),
      () => writeFile(from(), bytes.subarray(1)),
      // Same size, and the time of the last write set back: the time of the last change of status tells.
      async () => {
        await writeFile(from(), Buffer.concat([Buffer.from('x'), bytes.subarray(1)]));
        await utimes(from(), longAgo, longAgo);
      },
    ]) {
      await writeFile(from(), bytes);
      await utimes(from(), longAgo, longAgo);
      const original = await openOriginal(Buffer.from(from()));
      await change();
      await expect(copyAndHash(machine, original, 'shown', to(), () => undefined, never)).rejects.toMatchObject({
        code: 'changed-while-copying',
      });
      await original.handle.close();
      await rm(to(), { force: true });
    }
  });

  it('do not read on for ever in a file that says it is empty and is not', async () => {
    const original = await openOriginal(Buffer.from('/proc/cpuinfo'));
    await expect(copyAndHash(machine, original, 'shown', to(), () => undefined, never)).rejects.toMatchObject({
      code: 'changed-while-copying',
    });
    await original.handle.close();
  });

  it('stop when they are cancelled, and can be used again', async () => {
    await writeFile(from(), randomBytes(2_000_000));
    const abort = new AbortController();
    await expect(copy(() => abort.abort(), abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await rm(to(), { force: true });
    expect((await copy()).sizeBytes).toBe(2_000_000);
  });

  it('never overwrite what is there, and say that it is the copy that cannot be written', async () => {
    await writeFile(from(), 'new');
    await writeFile(to(), 'there');
    await expect(copy()).rejects.toMatchObject({ code: 'file-not-writable', details: { reason: 'EEXIST' } });
    expect(await readFile(to(), 'utf8')).toBe('there');
  });
});

describe('openOriginal', () => {
  it('leaves the access time of the original as it was', async () => {
    await writeFile(from(), 'bytes');
    await utimes(from(), longAgo, longAgo);
    await copy();
    expect((await stat(from())).atime).toEqual(longAgo);
  });

  it('does not open a link, a folder or a device', async () => {
    await expect(openOriginal(Buffer.from(folder))).rejects.toMatchObject({ code: 'changed-while-copying' });
    await expect(openOriginal(Buffer.from('/dev/zero'))).rejects.toMatchObject({ code: 'changed-while-copying' });
    await expect(openOriginal(Buffer.from('/proc/self/exe'))).rejects.toMatchObject({ code: 'changed-while-copying' });
  });
});
