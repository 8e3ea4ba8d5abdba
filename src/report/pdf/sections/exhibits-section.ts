import type { ReportedExhibit } from '../../model/report-model.ts';
import { localMoment } from '../../html/local-moment.ts';
import { styled, type Inline } from '../layout/inline.ts';
import { facts } from '../layout/facts.ts';
import { heading } from '../layout/heading.ts';
import { together } from '../layout/card.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

/** The exhibits: what each is called, where it came from, and the hashes that fix it. */
export function exhibitsSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.exhibits'));
  const parent = place.tag;
  if (model.exhibits.length === 0) return [...head, ...paragraph(set, frame, text('report:exhibits.none'), { parent })];
  const column = (key: string) => ({ heading: text(`report:exhibits.${key}`) });
  return [
    ...head,
    ...table(
      set,
      frame,
      [
        { ...column('id'), rowHeading: true, style: type.smallBold },
        column('name'),
        column('role'),
        { ...column('size'), style: type.smallMono },
      ],
      model.exhibits.map(({ id, name, roleText, sizeText }) => [id, name, roleText, sizeText]),
      { parent },
    ),
    ...model.exhibits.flatMap((exhibit) => exhibitPieces(context, exhibit, place)),
  ];
}

function exhibitPieces(
  { text, set, frame }: PdfContext,
  exhibit: ReportedExhibit,
  { tag, holder }: SectionPlace,
): Piece[] {
  const fact = (key: string, value: Inline) =>
    value === undefined ? undefined : { label: text(`report:exhibits.${key}`), value };
  const mono = (value: string | undefined) => (value === undefined ? undefined : styled(type.smallMono, value));
  const times = (['modified', 'changed', 'accessed', 'born'] as const).map((name) => {
    const time = exhibit.fileTimes[name];
    return fact(name, time === null ? text('report:exhibits.no-time') : mono(localMoment(time)));
  });
  // 128 digits fill two lines of 64: as sha512sum prints them, without a hyphen between.
  const half = exhibit.sha512.length / 2;
  const sha512 = `${exhibit.sha512.slice(0, half)}\n${exhibit.sha512.slice(half)}`;
  return together([
    ...heading(set, frame, `${exhibit.id} ${exhibit.name}`, {
      level: 3,
      parent: tag,
      bookmark: `${exhibit.id} ${exhibit.name}`,
      under: holder,
    }),
    ...facts(
      set,
      frame,
      [
        fact('name-bytes', mono(exhibit.nameBytes)),
        fact('source', exhibit.source),
        fact('path', exhibit.pathAsGiven),
        fact('sha256', mono(exhibit.sha256)),
        fact('sha512', mono(sha512)),
        fact('md5', mono(exhibit.md5)),
        fact('added', text('report:exhibits.added-by', { at: localMoment(exhibit.addedAt), by: exhibit.addedBy })),
        ...times,
      ],
      { parent: tag },
    ),
  ]);
}
