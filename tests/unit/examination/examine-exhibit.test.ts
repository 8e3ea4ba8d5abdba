import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AssayError } from '../../../src/base/errors.ts';
import { silent } from '../../../src/base/progress.ts';
import {
  examineExhibit,
  type ExaminationRequest,
  type ExaminedMedia,
} from '../../../src/examination/examine-exhibit.ts';
import type { ProgramIdentity } from '../../../src/examination/result.ts';
import { defineMethod } from '../../../src/methods/method.ts';

const method = defineMethod({
  ...{ id: 'packets', version: 1, programs: ['ffprobe'], references: [], limits: [] },
  params: z.object({}),
  accepts: () => Promise.resolve({ applies: false, reason: 'no-streams' }),
  needs: () => ({ packets: true }),
  run: () => Promise.reject(new Error('does not apply')),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-examine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const heads = { film: 'xxxxftypisom', picture: '\xff\xd8\xff' };

function exhibit(kind: keyof typeof heads) {
  const seen = { open: vi.fn(), packets: vi.fn(), close: vi.fn() };
  const media = {
    bytes: { read: () => Promise.resolve(Buffer.from(heads[kind], 'latin1')) },
    packets: () => Promise.resolve(void seen.packets()),
    close: () => Promise.resolve(void seen.close()),
  };
  const open = (): Promise<ExaminedMedia> => {
    seen.open();
    return Promise.resolve({
      ...{ media, readingRuns: () => [], readingCommands: () => [] },
      command: () => Promise.resolve([]),
    } as unknown as ExaminedMedia);
  };
  return { seen, open };
}

function request(open: ExaminationRequest['open'], programs: ExaminationRequest['programs'], more = {}) {
  return examineExhibit({
    ...{ sha256: 'a'.repeat(64), open, folder, programs, assayVersion: '0', progress: silent },
    chosen: [{ method, parameters: {} }],
    kernels: { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() },
    clock: () => new Date(0),
    signal: new AbortController().signal,
    isIntact: () => Promise.resolve(true),
    publish: () => Promise.resolve(),
    ...more,
  });
}

const ffprobe: ReadonlyMap<string, ProgramIdentity> = new Map([
  ['ffprobe', { name: 'ffprobe', version: '1', sha256: 'b'.repeat(64) }],
]);

describe('examineExhibit', () => {
  it("reads a film's packets while the programs are still being identified", async () => {
    const { seen, open } = exhibit('film');
    let identified: (found: typeof ffprobe) => void = () => undefined;
    const examining = request(open, new Promise((resolve) => (identified = resolve)));
    await vi.waitFor(() => {
      expect(seen.packets).toHaveBeenCalled();
    });
    identified(ffprobe);
    expect((await examining)[0]?.result.status).toBe('not-applicable');
    expect(seen.open).toHaveBeenCalledTimes(1);
    expect(seen.close).toHaveBeenCalledTimes(1);
  });

  it('reads no packets of a picture', async () => {
    const { seen, open } = exhibit('picture');
    await request(open, ffprobe);
    expect(seen.packets).not.toHaveBeenCalled();
  });

  it('opens nothing before it knows the keys where an earlier examination may stand in', async () => {
    await mkdir(join(folder, 'c'.repeat(64)));
    const { seen, open } = exhibit('film');
    const error = new Error('no program can be looked at');
    await expect(request(open, Promise.reject(error))).rejects.toBe(error);
    expect(seen.open).not.toHaveBeenCalled();
  });

  it('closes what it opened early when the programs cannot be identified', async () => {
    const { seen, open } = exhibit('film');
    const error = new Error('no program can be looked at');
    await expect(request(open, Promise.reject(error), { again: true })).rejects.toBe(error);
    expect(seen.close).toHaveBeenCalledTimes(1);
  });

  it('measures nothing on bytes that are not those that were taken in, and records why', async () => {
    const { seen, open } = exhibit('film');
    const changed = new AssayError('exhibit-changed', { exhibit: 'E001', file: 'exhibits/E001/original.mp4' });
    const publish = vi.fn();
    const [examined] = await request(open, ffprobe, { problem: () => Promise.resolve(changed), publish });
    expect(examined?.result).toMatchObject({
      ...{ status: 'failed', reason: 'exhibit-changed', findings: [], commands: [] },
      details: { exhibit: 'E001', file: 'exhibits/E001/original.mp4' },
    });
    expect(publish).toHaveBeenCalledTimes(1);
    expect(seen.close).toHaveBeenCalledTimes(seen.open.mock.calls.length);
  });
});
