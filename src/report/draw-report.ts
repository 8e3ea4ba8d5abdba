import { createHash } from 'node:crypto';
import { canonicalJsonFile } from '../base/canonical-json.ts';
import type { Text } from '../base/text.ts';
import type { Figure } from './figures/figure.ts';
import { loadFigures } from './figures/load-figures.ts';
import { renderHtml } from './html/render-html.ts';
import { loadReportStyle } from './load-report-style.ts';
import { buildReportModel } from './model/build-report-model.ts';
import { MethodText } from './model/method-text.ts';
import type { ReportInput } from './model/report-input.ts';
import type { ReportModel } from './model/report-model.ts';

export interface DrawnReport {
  /** `report.json`, canonical, with one final newline. */
  readonly json: string;
  /** `report.html`. */
  readonly html: string;
  readonly model: ReportModel;
  readonly figures: ReadonlyMap<string, Figure>;
  /** SHA-256 of `report.json`, lower-case hex. */
  readonly dataSha256: string;
}

/**
 * The report's data and its page, in memory. With `draft` the page says at its head and on every printed page that it is not
 * sealed.
 */
export async function drawReport(
  input: ReportInput,
  text: Text,
  resourcesFolder: string,
  { draft = false }: { readonly draft?: boolean } = {},
): Promise<DrawnReport> {
  const model = buildReportModel(input, text);
  const json = canonicalJsonFile(model);
  const readers = new Map(
    input.exhibits.flatMap(({ record, examinations }) =>
      examinations.map(({ result, readArtefact }) => [`${record.id}/${result.key}`, readArtefact] as const),
    ),
  );
  const figures = await loadFigures(
    model,
    (exhibit, key, file) => {
      const read = readers.get(`${exhibit}/${key}`);
      return read ? read(file) : Promise.reject(new Error(`no examination ${key}`));
    },
    (method) => new MethodText(text, method),
  );
  const style = await loadReportStyle(resourcesFolder);
  const dataSha256 = createHash('sha256').update(json, 'utf8').digest('hex');
  return { json, html: renderHtml(model, { text, figures, style, dataSha256, draft }), model, figures, dataSha256 };
}
