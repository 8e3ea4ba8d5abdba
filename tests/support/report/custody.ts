import type { ReportInput } from '../../../src/report/model/report-input.ts';
import { hex } from './hex.ts';

/** So many entries of a custody log, with digests of nothing. */
export function custody(count: number): ReportInput['custody']['entries'] {
  return Array.from({ length: count }, (_, seq) => ({
    seq,
    at: new Date(Date.UTC(2026, 2, 14, 10, 26, seq)).toISOString(),
    actor: 'Examiner of the laboratory',
    action:
      seq === 0 ? 'case.created' : seq === 1 ? 'key.certified' : seq < 6 ? 'exhibit.added' : 'examination.recorded',
    subject: seq === 0 ? 'case' : seq < 6 ? `E00${(seq % 3) + 1}` : `E001/examinations/${hex(String(seq))}`,
    detail: {},
    key: hex('custody key'),
    prev: seq === 0 ? '0'.repeat(64) : hex(String(seq - 1)),
    hash: hex(String(seq)),
    signature: 'c2lnbmF0dXJl',
  }));
}
