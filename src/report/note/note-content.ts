import { shorten } from '../../base/shorten.ts';
import type { Text } from '../../base/text.ts';
import { fingerprintGroups } from './verification-code.ts';
import type { ReportArtefact, ReportModel } from '../model/report-model.ts';

/** What a public note says: a page for people who will not read the report. */
export interface NoteContent {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** The one picture, with the exhibit that it is of. */
  readonly picture?: { readonly exhibit: string; readonly artefact: ReportArtefact };
  /** First digits of the hash of report.json, to be compared by eye or read out. */
  readonly code: string;
  /** What the square code holds: which report, and the whole hash. */
  readonly codeText: string;
  readonly codeMeaning: string;
  readonly sealedBy: string;
}

const mostExhibits = 3;
const mostFindings = 3;
const longest = { name: 80, observation: 260, opinion: 320 } as const;

type Cut = (words: string, kind: keyof typeof longest) => string;

/**
 * Chooses and words a public note from a report; it says nothing that the report does not say. Pure.
 *
 * @param share of their usual length to which names and observations are cut, where they would not fit on a page
 */
export function noteContent(model: ReportModel, text: Text, dataSha256: string, share = 1): NoteContent {
  const { case: of, createdAt, id, sealedBy } = model;
  const cut: Cut = (words, kind) => shorten(words, Math.round(longest[kind] * share));
  const picture = choosePicture(model);
  const reference = cut(of.reference ?? of.title, 'name');
  const code = fingerprintGroups(dataSha256.slice(0, 16));
  return {
    title: text('note:title'),
    subtitle: text('note:subtitle', { title: cut(of.title, 'name'), reference, id, date: createdAt.shown }),
    sections: [
      { heading: text('note:circulates.heading'), lines: circulates(model, text, cut) },
      { heading: text('note:examined.heading'), lines: examined(model, text) },
      { heading: text('note:found.heading'), lines: found(model, text, cut) },
      { heading: text('note:limits.heading'), lines: text.list('note:limits.sentences') },
    ],
    ...(picture === undefined ? {} : { picture }),
    code,
    codeText: text('note:code.content', { reference: reference, id, sha256: dataSha256 }),
    codeMeaning: text('note:code.meaning', { id }),
    sealedBy: text(sealedBy.practice ? 'note:sealed.practice' : 'note:sealed.signed', {
      name: cut(sealedBy.name, 'name'),
      words: sealedBy.words.slice(0, 4).join(' '),
    }),
  };
}

function circulates({ exhibits }: ReportModel, text: Text, cut: Cut): string[] {
  const questioned = exhibits.filter(({ role }) => role === 'questioned');
  const shown = questioned.length > 0 ? questioned : exhibits;
  const lines = shown.slice(0, mostExhibits).map(({ id, name, sizeText, sha256, source }) =>
    text(source === undefined ? 'note:circulates.exhibit' : 'note:circulates.exhibit-from', {
      id,
      name: cut(name, 'name'),
      size: sizeText,
      start: sha256.slice(0, 16),
      source: cut(source ?? '', 'name'),
    }),
  );
  const more = shown.length - mostExhibits;
  return more > 0 ? [...lines, text('note:more', { count: more })] : lines;
}

function examined({ exhibits, notExamined }: ReportModel, text: Text): string[] {
  const ran = exhibits.flatMap(({ examinations }) => examinations.filter(({ status }) => status === 'completed'));
  const titles = [...new Set(ran.map(({ method }) => method.title))];
  if (titles.length === 0) return [text('note:examined.nothing')];
  const open = new Set(notExamined.map(({ method }) => method.id)).size;
  return [
    text('note:examined.methods', { count: titles.length, methods: titles.join(', ') }),
    ...(open === 0 ? [] : [text('note:examined.open', { count: open })]),
  ];
}

/** What speaks against a proposition, then the examiner's own opinion; where nothing does, that, with what it does not mean. */
function found({ exhibits, opinions }: ReportModel, text: Text, cut: Cut): string[] {
  const findings = exhibits.flatMap((exhibit) => exhibit.findings);
  const against = findings.filter(({ outcome }) => outcome === 'inconsistent');
  const lines = against
    .slice(0, mostFindings)
    .map(({ exhibit, observation }) =>
      text('note:found.inconsistent', { exhibit, observation: cut(observation, 'observation') }),
    );
  const more = against.length - mostFindings;
  const [opinion] = opinions;
  return [
    ...(against.length === 0 ? [text('note:found.none')] : lines),
    ...(more > 0 ? [text('note:more', { count: more })] : []),
    opinion === undefined
      ? text('note:found.no-opinion')
      : text('note:found.opinion', {
          proposition: cut(opinion.proposition, 'opinion'),
          strength: opinion.strength.text,
        }),
  ];
}

/** What shows a finding against a proposition first; else frames of the exhibit; else whatever the report pictures. */
function choosePicture({ exhibits }: ReportModel): NoteContent['picture'] {
  const all = exhibits.flatMap((exhibit) =>
    exhibit.examinations.flatMap(({ artefacts }) =>
      artefacts
        .filter(({ shown, artefact }) => shown !== 'listed' && (artefact.kind === 'map' || artefact.kind === 'series'))
        .map((artefact) => ({ exhibit: exhibit.id, artefact })),
    ),
  );
  const telling = new Set(
    exhibits.flatMap(({ findings }) =>
      findings.filter(({ outcome }) => outcome === 'inconsistent').flatMap(({ artefacts }) => artefacts),
    ),
  );
  const rank = ({ artefact: { id, artefact } }: (typeof all)[number]): number => {
    if (telling.has(id)) return 0;
    if (artefact.kind === 'map' && artefact.scale === 'picture') return artefact.over?.plane === 'picture' ? 2 : 1;
    return artefact.kind === 'map' ? 4 : 3;
  };
  return [...all].sort((a, b) => rank(a) - rank(b))[0];
}
