import { formatMoment } from '../../base/format-time.ts';
import type { Text } from '../../base/text.ts';
import { describeExhibit } from './describe-exhibit.ts';
import { describeJudgement } from './describe-judgement.ts';
import { listNotExamined } from './list-not-examined.ts';
import { MethodText } from './method-text.ts';
import type { ReportInput } from './report-input.ts';
import { ReportModel, type ReportedExhibit } from './report-model.ts';
import { summarise } from './summarise.ts';

/** Sentences under `report:honest-limits`, in their order. */
const honestLimits = ['traces', 'metadata', 'detectors', 'fusion', 'sync', 'clock'] as const;

/**
 * The report as data: what every rendering shows, in the language of `text`. Pure: the same input gives the same model.
 * Texts that a method lacks stand as their keys (or throw, where `text` was made to). Throws when the result would not be an
 * `assay.report/1` document, which is a defect.
 */
export function buildReportModel(input: ReportInput, text: Text): ReportModel {
  const moment = (utc: string) => ({ utc, shown: formatMoment(utc, input.case.timeZone) });
  const methodTexts = new Map<string, MethodText>();
  const methodText = (id: string): MethodText => {
    const known = methodTexts.get(id) ?? new MethodText(text, id);
    methodTexts.set(id, known);
    return known;
  };
  const exhibits = input.exhibits.map((exhibit) => describeExhibit(text, methodText, input, exhibit));
  const notExamined = input.exhibits.flatMap((exhibit, i) => {
    const described = exhibits[i];
    return described === undefined ? [] : listNotExamined(text, methodText, exhibit, described);
  });
  const { title, reference, examiner, id, createdAt, timeZone } = input.case;
  const { identity, custody } = input;
  return ReportModel.parse({
    schema: 'assay.report/1',
    id: input.id,
    language: text.language,
    timeZone,
    ...(input.timeZoneData === undefined ? {} : { timeZoneData: input.timeZoneData }),
    createdAt: moment(input.createdAt),
    assayVersion: input.assayVersion,
    case: { id, title, ...(reference === undefined ? {} : { reference }), examiner, createdAt: moment(createdAt) },
    sealedBy: {
      name: identity.name,
      fingerprint: identity.fingerprint,
      words: [...identity.words],
      practice: identity.practice,
      notice: text(identity.practice ? 'report:seal.practice' : 'report:seal.signed', { name: identity.name }),
    },
    clockNotice: text('report:custody.clock'),
    summary: summarise(text, exhibits, notExamined),
    ...describeJudgement(text, input, moment),
    exhibits,
    notExamined,
    custody: {
      seq: custody.head.seq,
      hash: custody.head.hash,
      actors: [...new Set(custody.entries.map(({ actor }) => actor))],
      entries: custody.entries.map(({ seq, at, actor, action, subject, hash }) => ({
        seq,
        at: moment(at),
        actor,
        action,
        actionText: text.has(`case:actions.${action}`) ? text(`case:actions.${action}`) : action,
        subject,
        hash,
      })),
    },
    methods: usedMethods(input, exhibits).map(({ id: method, version, references, limits }) => ({
      id: method,
      version,
      title: methodText(method).say('title'),
      question: methodText(method).say('question'),
      summary: methodText(method).say('summary'),
      limits: limits.map((key) => methodText(method).sentence('limits', key)),
      ...errorRatesOf(text, method),
      references: references.map(({ key, citation, doi }) => ({
        key,
        citation,
        ...(doi === undefined ? {} : { doi }),
      })),
    })),
    tools: toolsOf(exhibits),
    honestLimits: honestLimits.map((key) => ({ key, text: text(`report:honest-limits.${key}`) })),
  } satisfies ReportModel);
}

/** The method's measured error rates (`methods/<id>:errorRates`), where it states any. */
function errorRatesOf(text: Text, method: string): { errorRates?: string[] } {
  const stated = text.list(`methods/${method}:errorRates`);
  return stated.length === 0 ? {} : { errorRates: [...stated] };
}

function usedMethods(input: ReportInput, exhibits: readonly ReportedExhibit[]): ReportInput['methods'][number][] {
  const used = new Set(exhibits.flatMap(({ examinations }) => examinations.map(({ method }) => method.id)));
  return input.methods.filter(({ id }) => used.has(id));
}

/** Every external program and library once, with the methods that it served. */
function toolsOf(exhibits: readonly ReportedExhibit[]): ReportModel['tools'] {
  const tools = new Map<string, ReportModel['tools'][number]>();
  for (const { method, programs } of exhibits.flatMap(({ examinations }) => examinations))
    for (const program of programs) {
      const id = `${program.name} ${program.version} ${program.sha256}`;
      const tool = tools.get(id) ?? { ...program, usedBy: [] };
      if (!tool.usedBy.includes(method.id)) tool.usedBy.push(method.id);
      tools.set(id, tool);
    }
  return [...tools.values()];
}
