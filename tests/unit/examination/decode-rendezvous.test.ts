import { describe, expect, it } from 'vitest';
import { meetForDecode } from '../../../src/examination/decode-rendezvous.ts';
import type { OwnedSubscription } from '../../../src/media/decode/consumers.ts';
import { subscribe, type DecodeOutcome } from '../../../src/media/taps.ts';

const tap = { kind: 'pcm', stream: 1, sampleRateHz: 'native', channels: 'native' } as const;
const complete: DecodeOutcome = { status: 'complete', messages: [] };

function meeting(participants: string[], decode?: () => Promise<DecodeOutcome>) {
  const calls: (readonly OwnedSubscription[])[] = [];
  const rendezvous = meetForDecode(participants, (subscriptions) => {
    calls.push(subscriptions);
    return decode?.() ?? Promise.resolve(complete);
  });
  return { rendezvous, calls };
}

describe('meetForDecode', () => {
  it('waits for every participant and then decodes once for all', async () => {
    const { rendezvous, calls } = meeting(['audio', 'frames']);
    const first = rendezvous.join('audio', [subscribe(tap, () => undefined)]);
    await Promise.resolve();
    expect(calls).toHaveLength(0);
    const second = rendezvous.join('frames', [subscribe(tap, () => undefined)]);
    expect(await first).toEqual(complete);
    expect(await second).toEqual(complete);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.map(({ owner }) => owner)).toEqual(['audio', 'frames']);
  });

  it('does not wait for who left', async () => {
    const { rendezvous, calls } = meeting(['audio', 'ela']);
    const joined = rendezvous.join('audio', []);
    rendezvous.leave('ela');
    expect(await joined).toEqual(complete);
    expect(calls).toHaveLength(1);
  });

  it('never decodes when everyone leaves', () => {
    const { rendezvous, calls } = meeting(['audio', 'ela']);
    rendezvous.leave('audio');
    rendezvous.leave('ela');
    rendezvous.leave('ela');
    expect(calls).toHaveLength(0);
  });

  it('gives a failed decode to each who joined', async () => {
    const { rendezvous } = meeting(['a', 'b'], () => Promise.reject(new Error('broken')));
    const both = [rendezvous.join('a', []), rendezvous.join('b', [])];
    for (const joined of both) await expect(joined).rejects.toThrow('broken');
  });

  it("throws a consumer's error to its owner alone", async () => {
    const broken = new Error('kernel');
    const { rendezvous } = meeting(['a', 'b'], () =>
      Promise.resolve({ ...complete, consumerErrors: [{ owner: 'b', error: broken }] }),
    );
    const [a, b] = [rendezvous.join('a', []), rendezvous.join('b', [])];
    expect((await a).status).toBe('complete');
    await expect(b).rejects.toBe(broken);
  });

  it('refuses a participant that joins twice', () => {
    const { rendezvous } = meeting(['a', 'b']);
    void rendezvous.join('a', []);
    expect(() => rendezvous.join('a', [])).toThrow('a is not awaited');
  });
});
