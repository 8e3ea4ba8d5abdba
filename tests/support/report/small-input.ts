import { custody } from './custody.ts';
import { createHash } from 'node:crypto';
import type { ReportInput } from '../../../src/report/model/report-input.ts';
import { FixtureExamination } from './fixture-examination.ts';
import { hex } from './hex.ts';

/** The record of an exhibit that never changes. */
export const exhibitRecord = (id: string, name: string, role: 'questioned' | 'reference') => ({
  schema: 'assay.exhibit/1' as const,
  id,
  role,
  name,
  pathAsGiven: `/media/usb0/${name}`,
  fileName: 'original.mp4',
  sizeBytes: 48_234_567,
  sha256: hex(id),
  sha512: createHash('sha512').update(id).digest('hex'),
  md5: createHash('md5').update(id).digest('hex'),
  fileTimes: { modified: '2026-03-12T18:04:11.000Z', changed: '2026-03-14T10:20:00.000Z', accessed: null, born: null },
  addedAt: '2026-03-14T10:26:53.000Z',
  addedBy: 'Examiner of the laboratory',
});

/** The smallest report there is: one exhibit, one method, one finding. */
export function smallInput(
  words: Partial<Record<'title' | 'name' | 'software' | 'node' | 'source', string>> = {},
): ReportInput {
  const examination = new FixtureExamination().finish('E001', 'container', [
    {
      code: 'written-by',
      outcome: 'inconsistent',
      proposition: 'original',
      measures: { software: { value: words.software ?? 'Lavf59.27.100', unit: 'text' } },
      places: [{ node: words.node ?? 'moov/udta', offsetBytes: 4096, lengthBytes: 120 }],
      limits: ['remux'],
    },
  ]);
  return {
    id: 'R001',
    case: {
      schema: 'assay.case/1',
      id: '6e4d7f5c-29b1-4b71-9d2f-8a5b0c3e1f00',
      title: words.title ?? 'A clip',
      examiner: 'Examiner',
      language: 'en',
      timeZone: 'Asia/Almaty',
      createdAt: '2026-03-14T10:26:00.000Z',
    },
    exhibits: [
      {
        record: {
          ...exhibitRecord('E001', words.name ?? 'clip.mp4', 'questioned'),
          ...(words.source === undefined ? {} : { source: words.source }),
        },
        examinations: [examination],
        methodsNotChosen: [],
      },
    ],
    methods: [{ id: 'container', version: 1, references: [], limits: ['remux'] }],
    custody: { entries: custody(3), head: { seq: 2, hash: hex('2') } },
    identity: {
      name: 'Examiner',
      fingerprint: hex('certificate'),
      words: ['amber', 'river', 'seven', 'lamp'],
      practice: true,
    },
    assayVersion: '0.1.0',
    timeZoneData: '2026a',
    createdAt: '2026-03-14T10:30:00.000Z',
  };
}
