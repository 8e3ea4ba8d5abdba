import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { describeFinding } from '../../base/describe-finding.ts';
import { AssayError } from '../../base/errors.ts';
import { silent, type Progress } from '../../base/progress.ts';
import type { Text } from '../../base/text.ts';
import type { Case } from '../../case/case.ts';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import { writeProblem } from '../../case/file-problem.ts';
import { examinationsOf } from '../../report/gather-report-input.ts';
import { reportJudgement } from '../../report/report-judgement.ts';
import type { ReportExamination } from '../../report/model/report-input.ts';
import { caseGraph } from './case-graph.ts';
import { csvPieces, type Cell } from './csv.ts';
import { cmx3600 } from './edl.ts';
import { frameRateOf, markersOf } from './markers.ts';
import { otioTimeline } from './otio.ts';
import { tabulate, type Tabulated } from './tabulate.ts';

export interface DerivedOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly text: Text;
  /** Exhibits by number; all where it is left out. */
  readonly exhibits?: readonly string[];
  /** The way from {@link folder} to the case, for links to originals: `../case`. */
  readonly caseUrl: string;
  /** Stage `data`, in examinations. */
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

/**
 * Writes what other programs read of a case: the graph `case.jsonld`, the findings, each series, table and list of events
 * as CSV and JSON, and the time markers of each exhibit as OpenTimelineIO and EDL. All of it follows from the case: the
 * same case gives the same bytes. FORENSIC: only from examinations that the custody log vouches for.
 *
 * @returns paths below the folder, with `/`, sorted
 * @throws AssayError `unknown-name` for an exhibit, `disk-full`, `file-not-writable`, `cancelled`
 */
export async function writeDerived(target: Case, options: DerivedOptions): Promise<readonly string[]> {
  const { folder, text, signal, progress = silent } = options;
  const wanted = (options.exhibits ?? target.exhibits().map(({ id }) => id)).map((id) => target.exhibit(id));
  const { bookmarks = [] } = reportJudgement(target.notes());
  const written: string[] = [];
  const write = async (path: string, pieces: Iterable<string>): Promise<void> => {
    if (signal.aborted) throw new AssayError('cancelled', { what: 'data' });
    await writePieces(join(folder, ...path.split('/')), pieces);
    written.push(path);
  };

  const examined: { record: ExhibitRecord; examinations: readonly ReportExamination[] }[] = [];
  for (const record of wanted) examined.push({ record, examinations: await examinationsOf(target, record.id) });
  const total = examined.reduce((sum, { examinations }) => sum + examinations.length, 0);
  let done = 0;
  for (const { record, examinations } of examined) {
    for (const examination of examinations) {
      await writeArtefacts(record, examination, write);
      progress({ stage: 'data', subject: record.id, done: ++done, total, unit: 'items' });
    }
    const results = examinations.map(({ result }) => result);
    const markers = markersOf(record.id, results, bookmarks, text);
    if (markers.length === 0) continue;
    const clip = {
      exhibit: record.id,
      name: record.name,
      url: `${options.caseUrl}/exhibits/${record.id}/${record.fileName}`,
      sha256: record.sha256,
      frameRate: frameRateOf(results),
      markers,
    };
    await write(`${record.id}/markers.otio`, [`${JSON.stringify(otioTimeline(clip), null, 2)}\n`]);
    await write(`${record.id}/markers.edl`, [cmx3600(clip)]);
  }
  const findings = findingsTable(examined, text);
  await write('findings.csv', csvPieces(headings(findings, text), findings.rows()));
  await write('findings.json', jsonPieces({ schema: 'assay.findings/1', case: target.record.id }, findings));
  await write('case.jsonld', [canonicalJsonFile(caseGraph(target.record, examined, target.custody.entries()))]);
  return written.sort();
}

async function writeArtefacts(
  record: ExhibitRecord,
  { result, readArtefact }: ReportExamination,
  write: (path: string, pieces: Iterable<string>) => Promise<void>,
): Promise<void> {
  for (const artefact of result.artefacts) {
    if (artefact.kind === 'map') continue;
    const table = tabulate(artefact, await readArtefact(artefact.file));
    if (table === undefined) continue;
    // The key's beginning keeps two examinations of one method with other parameters apart.
    const path = `${record.id}/${result.method.id}-${result.key.slice(0, 8)}/${fileName(artefact.name)}`;
    await write(`${path}.csv`, csvPieces(headings(table), table.rows()));
    const about = {
      schema: `assay.${artefact.kind}/1`,
      exhibit: record.id,
      exhibitSha256: record.sha256,
      method: result.method,
      key: result.key,
      name: artefact.name,
      title: artefact.title,
      artefactSha256: artefact.sha256,
    };
    await write(`${path}.json`, jsonPieces(about, table));
  }
}

/** Names of artefacts are plain already; one that is not loses what a file's name cannot have. */
function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_') || '_';
}

function headings({ columns }: Tabulated, text?: Text): string[] {
  return columns.map(({ id, unit }) => {
    const name = text === undefined ? id : text(`bundle:data.findings.${id}`);
    return unit === 'text' || unit === '1' ? name : `${name} [${unit}]`;
  });
}

function* jsonPieces(about: Readonly<Record<string, unknown>>, table: Tabulated): Generator<string> {
  const head = JSON.stringify({ ...about, columns: table.columns });
  let piece = `${head.slice(0, -1)},"rows":[`;
  let first = true;
  for (const row of table.rows()) {
    // NaN has no JSON form and becomes null, as in the stored series.
    piece += `${first ? '' : ','}\n${JSON.stringify(row)}`;
    first = false;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n]}\n`;
}

function findingsTable(
  examined: readonly { readonly record: ExhibitRecord; readonly examinations: readonly ReportExamination[] }[],
  text: Text,
): Tabulated {
  const names = ['exhibit', 'method', 'version', 'code', 'outcome', 'proposition', 'observation', 'interpretation'];
  const columns = [
    ...[...names, 'limits'].map((id) => ({ id, unit: 'text' })),
    { id: 'startMs', unit: 'ms' },
    { id: 'endMs', unit: 'ms' },
    { id: 'frame', unit: '1' },
  ];
  return {
    columns,
    *rows(): Generator<readonly Cell[]> {
      for (const { record, examinations } of examined)
        for (const { result } of examinations)
          for (const finding of result.findings) {
            const words = describeFinding(text, result.method.id, finding);
            const [place] = finding.places;
            yield [
              ...[record.id, result.method.id, result.method.version, finding.code, finding.outcome],
              ...[words.proposition ?? null, words.observation, words.interpretation ?? null, words.limits.join(' ')],
              ...[place?.startMs ?? null, place?.endMs ?? null, place?.frame ?? null],
            ];
          }
    },
  };
}

async function writePieces(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    await mkdir(join(path, '..'), { recursive: true });
    const handle = await open(path, 'wx', 0o644);
    try {
      for (const piece of pieces) await writeFile(handle, piece);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeProblem(path, error);
  }
}
