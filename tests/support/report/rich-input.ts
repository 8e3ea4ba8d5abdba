import { custody } from './custody.ts';
import type { ReportExamination, ReportInput } from '../../../src/report/model/report-input.ts';
import { fixtureMethods } from './fixture-text.ts';
import { exhibitRecord, smallInput } from './small-input.ts';
import { richExamination } from './rich-examination.ts';
import { hex } from './hex.ts';

const written = { at: '2026-03-14T11:02:00.000Z', author: 'Examiner of the laboratory' };

/** Three exhibits, ten methods, about forty findings, every kind of artefact, names in several scripts. */
export async function richInput(): Promise<ReportInput> {
  const long =
    'Қазақстан Республикасының Ұлттық арнасындағы сұхбат — толық нұсқасы, өңделмеген (2026 жылғы наурыз) №3.mp4';
  const tajik =
    'Мусоҳибаи ғайрирасмӣ бо ҷонибдорони тағйироти қонун дар шаҳри Хуҷанд_нусхаи_дуюм_аз_телефони_шоҳид.mov';
  const exhibits = [];
  for (const [i, [id, name, role]] of (
    [
      ['E001', long, 'questioned'],
      ['E002', tajik, 'questioned'],
      ['E003', 'reference recording \u202egpj.4pm', 'reference'],
    ] as const
  ).entries()) {
    const examinations: ReportExamination[] = [];
    for (const method of fixtureMethods) examinations.push(await richExamination(id, method, i));
    exhibits.push({
      record: {
        ...exhibitRecord(id, name, role),
        source: 'Handed over on a USB stick by the broadcaster; копия аз Telegram',
      },
      examinations,
      methodsNotChosen: ['ghosts'],
    });
  }
  return {
    ...smallInput(),
    case: {
      ...smallInput().case,
      title: 'Interview that circulates since 12 March, «Сұхбат және оның көшірмелері»',
      reference: '2026-014/Қ',
    },
    exhibits,
    methods: fixtureMethods.map((id) => ({
      id,
      version: 1,
      limits: ['remux', 'quality'],
      references: [
        {
          key: 'a',
          citation: 'ITU-R Recommendation BT.1359-1, Relative timing of sound and vision for broadcasting, 1998',
        },
        { key: 'b', citation: 'Multimedia Forensics, ICIP 2023', doi: '10.5201/ipol.2021.390' },
      ],
    })),
    custody: { entries: custody(90), head: { seq: 89, hash: hex('89') } },
    opinions: [
      {
        ...written,
        proposition: 'The sound was recorded with the picture.',
        alternative: 'The sound was put under the picture later.',
        outcome: 'inconsistent',
        strength: 'moderate',
        words: 'The shift is constant.\nA player that adds delay would shift every film of this collection.',
      },
    ],
    provenance: [
      {
        ...written,
        exhibit: 'E001',
        question: 'unknown-page',
        answer: 'yes',
        reason: 'A channel without a name.\nIt was opened on the day before.',
      },
      { ...written, exhibit: 'E001', question: 'first-publication-known', answer: 'unknown', reason: '' },
    ],
    notes: [{ ...written, exhibit: 'E002', words: 'The broadcaster was asked for the recording.' }],
    marked: [{ exhibit: 'E001', key: hex('E001 av-sync'), index: 0, words: 'Seen and heard as well.' }],
    bookmarks: [
      {
        ...written,
        exhibit: 'E001',
        startMs: 41_133,
        frame: 1234,
        status: 'relevant',
        words: 'The mouth closes while the word goes on.',
      },
    ],
  };
}
