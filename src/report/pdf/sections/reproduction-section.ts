import { formatNumber } from '../../../base/format-number.ts';
import { localMoment } from '../../html/local-moment.ts';
import { shellLine } from '../../../base/shell-line.ts';
import { commandLines, type CommandLine, type CommandLines } from '../../model/command-lines.ts';
import type { ReportArtefact, ReportedExamination, ReportedExhibit } from '../../model/report-model.ts';
import { facts } from '../layout/facts.ts';
import { heading } from '../layout/heading.ts';
import { styled, type Inline } from '../layout/inline.ts';
import type { Piece } from '../layout/piece.ts';
import { type } from '../layout/style.ts';
import { table } from '../layout/table.ts';
import type { Tag } from '../layout/tag.ts';
import { paragraph } from '../layout/text-pieces.ts';
import type { PdfContext, SectionPlace } from '../section-context.ts';
import { sectionHead } from './section-heading.ts';

const mostArtefacts = 40;

/** Everything that another person needs to make the results again: tools, keys, parameters, command lines, runs, artefacts. */
export function reproductionSection(context: PdfContext): Piece[] {
  const { text, model, set, frame } = context;
  const { place, head } = sectionHead(context, text('report:sections.reproduction'));
  const parent = place.tag;
  const say = (key: string) => text(`report:reproduction.${key}`);
  const column = (key: string) => ({ heading: say(key) });
  const zoneData = model.timeZoneData;
  return [
    ...head,
    ...paragraph(set, frame, text('report:reproduction.meaning', { version: model.assayVersion }), { parent }),
    ...heading(set, frame, say('tools'), { level: 3, parent }),
    ...table(
      set,
      frame,
      [
        column('tool'),
        column('version'),
        { ...column('sha256'), style: type.captionMono, width: 278 },
        column('used-by'),
      ],
      model.tools.map(({ name, version, sha256, usedBy }) => [name, version, sha256, usedBy.join(', ')]),
      { parent },
    ),
    ...(zoneData === undefined
      ? []
      : paragraph(set, frame, text('report:reproduction.time-zone-data', { version: zoneData, zone: model.timeZone }), {
          style: type.small,
          parent,
        })),
    ...model.exhibits.flatMap((exhibit) => exhibitPieces(context, exhibit, place)),
  ];
}

function exhibitPieces(context: PdfContext, exhibit: ReportedExhibit, { tag, holder }: SectionPlace): Piece[] {
  const { text, set, frame } = context;
  const lines = commandLines(exhibit);
  const column = (key: string) => ({ heading: text(`report:reproduction.${key}`) });
  const title = `${exhibit.id} ${exhibit.name}`;
  return [
    ...heading(set, frame, title, { level: 3, parent: tag, bookmark: title, under: holder }),
    ...exhibit.examinations.flatMap((examination) => examinationPieces(context, examination, lines, tag)),
    ...(lines.list.length === 0
      ? []
      : [
          ...heading(set, frame, text('report:reproduction.runs'), { level: 4, parent: tag }),
          ...table(
            set,
            frame,
            [
              { ...column('run'), align: 'right', width: 30 },
              { ...column('command'), style: type.captionMono, width: frame.width - 30 },
            ],
            lines.list.map((line) => commandRow(text, line)),
            { parent: tag },
          ),
        ]),
  ];
}

/** A command line, and below it how its start went. */
function commandRow(text: PdfContext['text'], { number, argv, run }: CommandLine): Inline[] {
  const below = (words: string): Inline => [shellLine(argv), '\n', styled(type.caption, words)];
  if (run === undefined) return [String(number), below(text('report:reproduction.not-started'))];
  const seconds = (ms: number) => formatNumber(ms / 1000, text.language, { decimals: 2 });
  const ended =
    run.stoppedBy === undefined
      ? text('report:reproduction.exit-code', { code: run.exitCode === null ? '–' : String(run.exitCode) })
      : text(`report:reproduction.stopped.${run.stoppedBy}`);
  const cpu = run.cpuMs === undefined ? '' : ` (${text('report:reproduction.cpu', { seconds: seconds(run.cpuMs) })})`;
  const facts = [
    ended,
    `${text('units:s', { number: seconds(run.elapsedMs), count: run.elapsedMs / 1000 })}${cpu}`,
    `${text('report:reproduction.sandbox')}: ${text(`report:reproduction.sandboxes.${run.sandbox}`)}`,
  ];
  return [String(number), below(facts.join(' · '))];
}

function examinationPieces(
  context: PdfContext,
  examination: ReportedExamination,
  lines: CommandLines,
  parent: Tag,
): Piece[] {
  const { text, set, frame } = context;
  const { method, key, run, parameters, programs, artefacts } = examination;
  const label = (name: string) => text(`report:reproduction.${name}`);
  const alone = lines.alone(examination);
  const version = text('report:findings.version', { version: String(method.version) });
  return [
    ...heading(
      set,
      frame,
      [method.title, styled(type.smallMuted, `   ${method.id} ${version} · ${examination.statusText}`)],
      { level: 4, parent },
    ),
    ...facts(
      set,
      frame,
      [
        { label: label('key'), value: styled(type.smallMono, key) },
        parameters.length === 0
          ? undefined
          : {
              label: label('parameters'),
              value: styled(
                type.smallMono,
                parameters
                  .map(({ name, value }) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
                  .join(' '),
              ),
            },
        programs.length === 0
          ? undefined
          : {
              label: label('programs'),
              value: programs.map((program) => `${program.name} ${program.version}`).join(', '),
            },
        run === undefined ? undefined : { label: label('ran'), value: ranLine(text, run, lines.ran(examination)) },
        alone.length === 0 ? undefined : { label: label('commands'), value: alone.join(', ') },
      ],
      { parent, labelWidth: 96 },
    ),
    ...artefactPieces(context, artefacts, parent),
  ];
}

function ranLine(
  text: PdfContext['text'],
  run: NonNullable<ReportedExamination['run']>,
  numbers: readonly number[],
): string {
  const line = text('report:reproduction.ran-at', {
    from: localMoment(run.startedAt),
    seconds: formatNumber((Date.parse(run.endedAt.utc) - Date.parse(run.startedAt.utc)) / 1000, text.language, {
      decimals: 2,
    }),
    platform: run.platform,
    version: run.assayVersion,
  });
  return numbers.length === 0 ? line : `${line}; ${text('report:reproduction.ran-with', { runs: numbers.join(', ') })}`;
}

function artefactPieces({ text, set, frame }: PdfContext, artefacts: readonly ReportArtefact[], parent: Tag): Piece[] {
  if (artefacts.length === 0) return [];
  const column = (key: string) => ({ heading: text(`report:reproduction.${key}`) });
  const shown = artefacts.slice(0, mostArtefacts);
  return [
    ...table(
      set,
      frame,
      [
        column('artefact'),
        { ...column('file'), style: type.captionMono, width: 312 },
        { ...column('bytes'), style: type.captionMono, align: 'right' },
      ],
      shown.map(({ artefact }) => [artefact.name, artefact.file, String(artefact.sizeBytes)]),
      { parent, before: 4 },
    ),
    ...(shown.length < artefacts.length
      ? paragraph(
          set,
          frame,
          text('report:reproduction.artefacts-cut', { shown: shown.length, total: artefacts.length }),
          {
            style: type.caption,
            parent,
          },
        )
      : []),
  ];
}
