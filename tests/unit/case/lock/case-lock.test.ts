import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import { acquireCaseLock, readLockOwner } from '../../../../src/case/lock/case-lock.ts';
import { livenessOf, thisProcess, type LockOwner } from '../../../../src/case/lock/lock-owner.ts';

const at = new Date('2026-03-14T15:00:00Z');
/** Above Linux's largest process number (2^22), so that no process has it. */
const noPid = 4_194_305;
let folder: string;
let path: string;
let nonces: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-lock-'));
  path = join(folder, 'case.lock');
  nonces = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const acquire = () => acquireCaseLock({ path, folder, clock: () => at, randomUuid: () => `nonce-${nonces++}` });
const plant = (change: Partial<LockOwner>) =>
  writeFile(path, JSON.stringify({ ...thisProcess(at, 'planted'), ...change }));
const refusal = async () => {
  const error: unknown = await acquire().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isAssayError(error, 'case-locked') ? error.details : undefined;
};

describe('acquireCaseLock', () => {
  it('takes a free lock, says who has it, and gives it back', async () => {
    const lock = await acquire();
    expect(await readLockOwner(path)).toEqual(lock.owner);
    expect(lock.owner.pid).toBe(process.pid);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses a second writer and names the first', async () => {
    await acquire();
    expect(await refusal()).toEqual({
      path: folder,
      lock: path,
      pid: process.pid,
      host: thisProcess(at, '').host,
      since: at.toISOString(),
    });
    expect(await readdir(folder)).toEqual(['case.lock']);
  });

  it('takes over from an owner that is dead on this machine, and says from whom', async () => {
    await plant({ pid: noPid });
    const lock = await acquire();
    expect(lock.takenOverFrom?.pid).toBe(noPid);
    expect(await readLockOwner(path)).toEqual(lock.owner);
    expect(await readdir(folder)).toEqual(['case.lock']);
  });

  it('lets one alone of many take over from a dead owner, however they fall together', async () => {
    for (let round = 0; round < 40; round++) {
      await plant({ pid: noPid, nonce: `dead-${String(round)}` });
      const late = async (steps: number) => {
        for (let step = 0; step < steps; step++) await readLockOwner(path);
        return acquire();
      };
      const endings = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => late(index % 4)));
      expect(endings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(folder)).toEqual(['case.lock']);
      await rm(path);
    }
  });

  it.each([
    ['another machine', { machine: 'f'.repeat(32) }],
    ['another host name', { host: 'elsewhere' }],
    ['another container', { processNamespace: 'pid:[1]' }],
  ])('never takes over from %s, dead or not', async (_, change) => {
    await plant({ pid: noPid, ...change });
    expect(await refusal()).toMatchObject({ pid: noPid });
  });

  it('does not take over a lock that does not say whose it is', async () => {
    await writeFile(path, '');
    expect(await refusal()).toMatchObject({ pid: 0, host: '?' });
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('leaves a lock alone that is no longer its own', async () => {
    const lock = await acquire();
    await plant({});
    await lock.release();
    expect(await readLockOwner(path)).toMatchObject({ nonce: 'planted' });
  });

  it('goes on over the claim of a process that died while taking over', async () => {
    await plant({ pid: noPid });
    await writeFile(
      join(folder, '.case.lock.planted.claim.part'),
      JSON.stringify({ ...thisProcess(at, 'claimant'), pid: noPid }),
    );
    await acquire();
    expect(await readdir(folder)).toEqual(['case.lock']);
  });
});

describe('livenessOf', () => {
  const self: LockOwner = {
    ...{ schema: 'assay.lock/1', pid: 10, processStart: '100', host: 'desk', machine: 'm', boot: 'b' },
    ...{ processNamespace: 'n', since: at.toISOString(), nonce: 'self' },
  };
  const running = { exists: (pid: number) => pid === 20, startOf: () => '200' };
  const judge = (owner: Partial<LockOwner>) => livenessOf({ ...self, ...owner }, self, running);

  it('believes a process that runs and began when the lock says', () => {
    expect(judge({ pid: 20, processStart: '200' })).toBe('alive');
  });

  it('knows a later process of the same number', () => {
    expect(judge({ pid: 20, processStart: '199' })).toBe('dead');
  });

  it('knows that nothing outlives a restart of the same machine', () => {
    expect(judge({ pid: 20, processStart: '200', boot: 'earlier' })).toBe('dead');
  });

  it('does not take a restart for granted where the machine has no identifier', () => {
    const nameless = { ...self, machine: undefined as never, boot: 'now' };
    expect(livenessOf({ ...nameless, boot: 'earlier' }, nameless, running)).toBe('unknown');
  });

  it('says dead when there is no such process', () => {
    expect(judge({ pid: 30 })).toBe('dead');
  });
});
