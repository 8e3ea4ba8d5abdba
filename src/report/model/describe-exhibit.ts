import { formatBytes } from '../../base/format-measure.ts';
import { formatMoment } from '../../base/format-time.ts';
import type { Text } from '../../base/text.ts';
import { chooseShown } from './choose-shown.ts';
import { artefactId, describeExamination } from './describe-examination.ts';
import { describeFinding, outcomeOrder } from './describe-finding.ts';
import type { MethodText } from './method-text.ts';
import type { ReportExhibit, ReportInput } from './report-input.ts';
import type { ReportedExhibit, ReportFinding } from './report-model.ts';

/** One exhibit with its findings in the report's order, numbered `E001-F01` on. */
export function describeExhibit(
  text: Text,
  methodText: (id: string) => MethodText,
  input: ReportInput,
  exhibit: ReportExhibit,
): ReportedExhibit {
  const { record } = exhibit;
  const { timeZone } = input.case;
  const moment = (utc: string) => ({ utc, shown: formatMoment(utc, timeZone) });
  const momentOrNull = (utc: string | null) => (utc === null ? null : moment(utc));
  const ranks = new Map(input.methods.map(({ id }, rank) => [id, rank]));
  const rank = (id: string) => ranks.get(id) ?? ranks.size;
  const sorted = [...exhibit.examinations].sort(
    (a, b) => rank(a.result.method.id) - rank(b.result.method.id) || (a.result.key < b.result.key ? -1 : 1),
  );
  const marks = new Map(
    (input.marked ?? [])
      .filter((mark) => mark.exhibit === record.id)
      .map(({ key, index, words }) => [`${key}/${index}`, words]),
  );
  const findings = sorted.flatMap(({ result }) =>
    result.findings.map((finding, index) =>
      describeFinding(text, methodText(result.method.id), record.id, result, index, finding, (name) =>
        artefactId(record.id, result, name),
      ),
    ),
  );
  const { id, role, name, pathAsGiven, fileName, sizeBytes, sha256, sha512, md5, fileTimes, addedBy } = record;
  return {
    id,
    role,
    roleText: text(`report:roles.${role}`),
    name,
    ...(record.nameBytes === undefined ? {} : { nameBytes: record.nameBytes }),
    ...(record.source === undefined ? {} : { source: record.source }),
    pathAsGiven,
    fileName,
    sizeBytes,
    sizeText: formatBytes(text, sizeBytes),
    sha256,
    sha512,
    md5,
    fileTimes: {
      modified: momentOrNull(fileTimes.modified),
      changed: momentOrNull(fileTimes.changed),
      accessed: momentOrNull(fileTimes.accessed),
      born: momentOrNull(fileTimes.born),
    },
    addedAt: moment(record.addedAt),
    addedBy,
    findings: numbered(record.id, findings).map((finding) => {
      const remark = marks.get(`${finding.key}/${finding.index}`);
      return {
        ...finding,
        marked: remark !== undefined,
        ...(remark === undefined || remark === '' ? {} : { remark }),
      };
    }),
    examinations: sorted.map(({ result, run }) =>
      describeExamination(
        text,
        methodText(result.method.id),
        record.id,
        result,
        run,
        timeZone,
        chooseShown(result.artefacts, result.findings),
      ),
    ),
  };
}

/** Sorts by outcome (a stable sort: within one, the methods' order stays) and gives each finding the number it is cited by. */
function numbered(exhibit: string, findings: readonly ReportFinding[]): ReportFinding[] {
  const sorted = [...findings].sort((a, b) => outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome));
  return sorted.map((finding, i) => ({ ...finding, id: `${exhibit}-F${String(i + 1).padStart(2, '0')}` }));
}
