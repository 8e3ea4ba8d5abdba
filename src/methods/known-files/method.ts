import { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { FindingInput } from '../../base/finding.ts';
import { labelsOf, readHashListHead } from '../../base/hash-list.ts';
import { defineMethod } from '../method.ts';
import { md5Of } from './md5-of.ts';

const params = z.strictObject({
  /** SHA-256 of each list that is asked, sorted. They are part of the examination's key: another list, another result. */
  lists: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(1000)
    .default([]),
});

/** At most as many labels in one finding; the list itself has the rest. */
const mostLabels = 5;

/** Whether an exhibit is, byte for byte, a file that a hash list names. */
export const knownFiles = defineMethod({
  id: 'known-files',
  version: 1,
  programs: [],
  params,
  references: [
    {
      key: 'hash-sets',
      citation: 'NIST. National Software Reference Library: reference data sets and how they are made.',
    },
    {
      key: 'md5-collisions',
      citation: 'Wang X., Yu H. How to Break MD5 and Other Hash Functions. EUROCRYPT 2005, LNCS 3494.',
      doi: '10.1007/11426639_2',
    },
  ],
  limits: ['list-is-a-claim', 'bytes-only'],

  accepts: () => Promise.resolve({ applies: true }),
  needs: () => ({ bytes: true }),

  async run(media, { lists }, context) {
    if (lists.length === 0)
      return {
        status: 'completed',
        findings: [{ code: 'not-looked-up', outcome: 'abstained', reason: 'no-lists' }],
      };
    const findings: FindingInput[] = [];
    const missing: string[] = [];
    let entries = 0;
    let md5: string | undefined;
    for (const digest of [...new Set(lists)].sort()) {
      if (context.signal.aborted) throw new AssayError('cancelled', { what: 'known-files' });
      const bytes = await context.reference?.(digest);
      const head = bytes && readHashListHead(bytes);
      if (bytes === undefined || head === undefined) {
        missing.push(digest);
        continue;
      }
      entries += head.entries;
      const { name: list, source, date } = head;
      const about = { list, source, date, listSha256: digest };
      const bySha256 = labelsOf(bytes, media.sha256);
      if (bySha256.length > 0) {
        findings.push({
          code: 'listed',
          outcome: 'consistent',
          proposition: 'same-bytes-as-listed',
          details: { ...about, labels: shown(bySha256) },
        });
        continue;
      }
      md5 ??= await md5Of(media.bytes, context.signal);
      const byMd5 = labelsOf(bytes, md5);
      if (byMd5.length > 0)
        findings.push({
          code: 'listed-by-md5',
          outcome: 'inconclusive',
          proposition: 'same-bytes-as-listed',
          details: { ...about, labels: shown(byMd5), md5 },
          limits: ['md5-is-weak'],
        });
    }
    const asked = lists.length - missing.length;
    if (findings.length === 0 && asked > 0)
      findings.push({
        code: 'not-listed',
        outcome: 'information',
        measures: { lists: { value: asked, unit: '1' }, entries: { value: entries, unit: '1' } },
        limits: ['absence-says-nothing'],
      });
    // FORENSIC: without one of its lists this would be another result under the same key.
    if (missing.length > 0)
      return { status: 'not-completed', reason: 'list-missing', details: { lists: missing.join(', ') }, findings };
    return { status: 'completed', findings };
  },
});

function shown(labels: readonly string[]): string {
  const named = labels.map((label) => label.trim()).filter((label) => label !== '');
  const more = named.length - mostLabels;
  return [...named.slice(0, mostLabels), ...(more > 0 ? [`+${String(more)}`] : [])].join('; ');
}
