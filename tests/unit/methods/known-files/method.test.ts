import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { Finding } from '../../../../src/base/finding.ts';
import { hashListText } from '../../../../src/base/hash-list.ts';
import { silent } from '../../../../src/base/progress.ts';
import type { ExhibitMedia } from '../../../../src/media/exhibit-media.ts';
import { knownFiles } from '../../../../src/methods/known-files/method.ts';
import type { MethodContext } from '../../../../src/methods/method.ts';

const digest = (name: 'sha256' | 'md5', bytes: Uint8Array) => createHash(name).update(bytes).digest('hex');

const exhibit = Buffer.from('the exhibit');
const head = { name: 'Debunked', source: 'Press council', date: '2026-11-20' };
const list = (...entries: { hash: string; label: string }[]) => Buffer.from(hashListText(head, entries));

async function look(lists: readonly Buffer[], named = lists.map((bytes) => digest('sha256', bytes))) {
  const media = { sha256: digest('sha256', exhibit), bytes: bytesInMemory(exhibit) } as unknown as ExhibitMedia;
  const context = {
    signal: new AbortController().signal,
    progress: silent,
    reference: (sha256: string) => Promise.resolve(lists.find((bytes) => digest('sha256', bytes) === sha256)),
  } as unknown as MethodContext;
  const result = await knownFiles.run(media, { lists: named }, context);
  return { ...result, findings: result.findings.map((finding) => Finding.parse(finding)) };
}

describe('known-files', () => {
  it('finds an exhibit by its SHA-256 and names list, source, date and label', async () => {
    const known = list(
      { hash: digest('sha256', exhibit), label: 'the clip of May' },
      { hash: 'a'.repeat(64), label: '' },
    );
    const { status, findings } = await look([known]);
    expect(status).toBe('completed');
    expect(findings).toMatchObject([
      {
        code: 'listed',
        outcome: 'consistent',
        details: {
          list: 'Debunked',
          source: 'Press council',
          date: '2026-11-20',
          labels: 'the clip of May',
          listSha256: digest('sha256', known),
        },
      },
    ]);
  });

  it('leaves a hit by MD5 alone inconclusive, and says why', async () => {
    const { findings } = await look([list({ hash: digest('md5', exhibit), label: 'old' })]);
    expect(findings).toMatchObject([{ code: 'listed-by-md5', outcome: 'inconclusive', limits: ['md5-is-weak'] }]);
  });

  it('says of an exhibit in no list how many were asked, and that this says nothing', async () => {
    const lists = [list({ hash: 'a'.repeat(64), label: 'x' }), list({ hash: 'b'.repeat(32), label: 'y' })];
    const { findings } = await look(lists);
    expect(findings).toMatchObject([
      {
        code: 'not-listed',
        measures: { lists: { value: 2 }, entries: { value: 2 } },
        limits: ['absence-says-nothing'],
      },
    ]);
  });

  it('does not take a label or a part of a hash for a hash', async () => {
    const sha256 = digest('sha256', exhibit);
    const { findings } = await look([list({ hash: 'c'.repeat(64), label: `${sha256}  x` })]);
    expect(findings[0]?.code).toBe('not-listed');
  });

  it('does not come to an end without one of its lists', async () => {
    const known = list({ hash: digest('sha256', exhibit), label: 'x' });
    const gone = 'd'.repeat(64);
    const { status, findings, ...rest } = await look([known], [digest('sha256', known), gone]);
    expect({ status, ...rest }).toMatchObject({
      status: 'not-completed',
      reason: 'list-missing',
      details: { lists: gone },
    });
    expect(findings[0]?.code).toBe('listed');
  });

  it('abstains where there is no list', async () => {
    expect((await look([])).findings).toMatchObject([{ outcome: 'abstained', reason: 'no-lists' }]);
  });
});
