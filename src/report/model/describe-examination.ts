import { findingValues } from '../../base/describe-finding.ts';
import type { Artefact } from '../../base/artefact.ts';
import { formatMoment } from '../../base/format-time.ts';
import type { Text } from '../../base/text.ts';
import type { ExaminationResult, ExaminationRun } from '../../examination/result.ts';
import type { Shown } from './choose-shown.ts';
import type { MethodText } from './method-text.ts';
import type { ReportArtefact, ReportedExamination, Sentence } from './report-model.ts';

/** The id that findings and figures call an artefact by, within one report. */
export function artefactId(exhibit: string, result: ExaminationResult, name: string): string {
  return `${exhibit}/${result.key.slice(0, 8)}/${name}`;
}

/** An examination in words: its status, parameters, and every artefact with its caption. */
export function describeExamination(
  text: Text,
  method: MethodText,
  exhibit: string,
  result: ExaminationResult,
  run: ExaminationRun | undefined,
  timeZone: string,
  shown: ReadonlyMap<string, Shown>,
): ReportedExamination {
  const moment = (utc: string) => ({ utc, shown: formatMoment(utc, timeZone) });
  const reason = reasonOf(text, method, result);
  return {
    method: { ...result.method, title: method.say('title') },
    key: result.key,
    status: result.status,
    statusText: text(`report:status.${result.status}`),
    ...(reason === undefined ? {} : { reason }),
    details: result.details,
    parameters: Object.entries(result.parameters).map(([name, value]) => ({
      name,
      label: method.has(`parameters.${name}.label`) ? method.say(`parameters.${name}.label`) : name,
      value,
      shown: method.parameterValue(value),
    })),
    programs: result.programs,
    commands: result.commands,
    artefacts: result.artefacts.map((artefact) => describeArtefact(text, method, exhibit, result, artefact, shown)),
    ...(run === undefined
      ? {}
      : {
          run: {
            startedAt: moment(run.startedAt),
            endedAt: moment(run.endedAt),
            assayVersion: run.assayVersion,
            platform: run.platform,
            runs: run.runs,
          },
        }),
  };
}

/** The reason of what did not complete: the method's own words, else those of the error that stopped it. */
function reasonOf(text: Text, method: MethodText, result: ExaminationResult): Sentence | undefined {
  const { reason } = result;
  if (reason === undefined) return undefined;
  const values = findingValues(text, { measures: {}, details: result.details });
  if (method.has(`reasons.${reason}`)) return method.sentence('reasons', reason, values);
  const found = ['errors:', 'errors:unreadable.', 'report:reasons.'].map((group) => group + reason).find(text.has);
  return { key: reason, text: found === undefined ? text('report:reasons.unnamed', { reason }) : text(found, values) };
}

function describeArtefact(
  text: Text,
  method: MethodText,
  exhibit: string,
  result: ExaminationResult,
  artefact: Artefact,
  shown: ReadonlyMap<string, Shown>,
): ReportArtefact {
  const columns = artefact.kind === 'series' || artefact.kind === 'table' ? artefact.columns : [];
  const legend = artefact.kind === 'map' ? artefact.legend : undefined;
  const atMs = artefact.kind === 'map' ? timeOf(result, artefact) : undefined;
  return {
    id: artefactId(exhibit, result, artefact.name),
    method: result.method.id,
    caption: method.say(
      `artefacts.${artefact.title}`,
      findingValues(text, { measures: {}, details: artefact.details }),
    ),
    path: `exhibits/${exhibit}/examinations/${result.key}/${artefact.file}`,
    shown: shown.get(artefact.name) ?? 'listed',
    columns: columns.map(({ id, unit }) => ({ id, unit, heading: method.label('columns', id) })),
    ...(legend === undefined ? {} : { legendLabel: method.label('measures', legend.label) }),
    ...(atMs === undefined ? {} : { atMs }),
    artefact,
  };
}

/** The presentation time of the frame that a map lies over: the artefact's own, or that of a finding's place there. */
function timeOf(result: ExaminationResult, artefact: Extract<Artefact, { kind: 'map' }>): number | undefined {
  if (artefact.over?.plane !== 'picture' || artefact.over.frame === undefined) return undefined;
  const own = ['atMs', 'timeMs', 'startMs'].map((name) => artefact.details[name]).find((v) => typeof v === 'number');
  if (typeof own === 'number') return own;
  const { frame } = artefact.over;
  return result.findings.flatMap(({ places }) => places).find((place) => place.frame === frame)?.startMs;
}
