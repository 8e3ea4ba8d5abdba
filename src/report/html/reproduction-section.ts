import { formatNumber } from '../../base/format-number.ts';
import type { ReportArtefact, ReportedExamination, ReportedExhibit } from '../model/report-model.ts';
import { commandLines, type CommandLine, type CommandLines } from '../model/command-lines.ts';
import { html, type Html } from './html.ts';
import { localMoment } from './local-moment.ts';
import { shellLine } from '../../base/shell-line.ts';
import type { SectionContext } from './section-context.ts';

const mostArtefacts = 40;

/** Everything that another person needs to make the results again: tools, keys, parameters, command lines, runs, artefacts. */
export function reproductionSection(context: SectionContext): Html {
  const { text, model } = context;
  const heading = (key: string) => html`<th scope="col">${text(`report:reproduction.${key}`)}</th>`;
  return html`<section id="reproduction">
    <h2>${text('report:sections.reproduction')}</h2>
    <p>${text('report:reproduction.meaning', { version: model.assayVersion })}</p>
    <h3>${text('report:reproduction.tools')}</h3>
    <table class="data">
      <thead>
        <tr>
          ${heading('tool')}${heading('version')}${heading('sha256')}${heading('used-by')}
        </tr>
      </thead>
      <tbody>
        ${model.tools.map(
          ({ name, version, sha256, usedBy }) =>
            html`<tr>
              <td>${name}</td>
              <td>${version}</td>
              <td class="mono">${sha256}</td>
              <td>${usedBy.join(', ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${model.timeZoneData === undefined ? undefined : html`<p class="muted">${text('report:reproduction.time-zone-data', { version: model.timeZoneData, zone: model.timeZone })}</p>`}${model.exhibits.map((exhibit) => exhibitPart(context, exhibit))}
  </section>`;
}

function exhibitPart(context: SectionContext, exhibit: ReportedExhibit): Html {
  const { text } = context;
  const lines = commandLines(exhibit);
  const heading = (key: string, number = false) =>
    html`<th scope="col" ${number ? html` class="number"` : undefined}>${text(`report:reproduction.${key}`)}</th>`;
  return html`<section class="exhibit-part">
    <h3 class="edge ${exhibit.role}">${exhibit.id} <bdi>${exhibit.name}</bdi></h3>
    ${exhibit.examinations.map((examination) => examinationPart(context, examination, lines))}${
      lines.list.length === 0
        ? undefined
        : html`<h4>${text('report:reproduction.runs')}</h4>
            <table class="data runs">
              <thead>
                <tr>
                  ${heading('run')}${heading('command')}${heading('ended')}${heading('seconds', true)}${heading('sandbox')}
                </tr>
              </thead>
              <tbody>
                ${lines.list.map((line) => commandRow(text, line))}
              </tbody>
            </table>`
    }
  </section>`;
}

function commandRow(text: SectionContext['text'], { number, argv, run }: CommandLine): Html {
  const line = html`<td class="number">${number}</td>
    <td class="mono command">${shellLine(argv)}</td>`;
  if (run === undefined)
    return html`<tr>
      ${line}
      <td colspan="3">${text('report:reproduction.not-started')}</td>
    </tr>`;
  const seconds = (ms: number) => formatNumber(ms / 1000, text.language, { decimals: 2 });
  const ended =
    run.stoppedBy === undefined
      ? text('report:reproduction.exit-code', { code: run.exitCode === null ? '–' : String(run.exitCode) })
      : text(`report:reproduction.stopped.${run.stoppedBy}`);
  return html`<tr>
    ${line}
    <td>${ended}</td>
    <td class="number">
      ${seconds(run.elapsedMs)}${run.cpuMs === undefined ? undefined : html` <span class="muted">(${text('report:reproduction.cpu', { seconds: seconds(run.cpuMs) })})</span>`}
    </td>
    <td>${text(`report:reproduction.sandboxes.${run.sandbox}`)}</td>
  </tr>`;
}

function examinationPart(context: SectionContext, examination: ReportedExamination, lines: CommandLines): Html {
  const { text } = context;
  const { method, key, run, parameters, programs, artefacts } = examination;
  const fact = (name: string, value: Html | string) =>
    html`<div>
      <dt>${text(`report:reproduction.${name}`)}</dt>
      <dd>${value}</dd>
    </div>`;
  const alone = lines.alone(examination);
  return html`<section class="method">
    <h4>
      ${method.title}
      <span class="muted"
        >${method.id} ${text('report:findings.version', { version: String(method.version) })} ·
        ${examination.statusText}</span
      >
    </h4>
    <dl class="facts wide">
      ${fact('key', html`<span class="mono">${key}</span>`)}${
        parameters.length === 0
          ? undefined
          : fact(
              'parameters',
              html`<span class="mono"
                >${parameters.map(({ name, value }) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ')}</span
              >`,
            )
      }${programs.length === 0 ? undefined : fact('programs', programs.map(({ name, version }) => `${name} ${version}`).join(', '))}${
        run === undefined ? undefined : fact('ran', ranLine(text, run, lines.ran(examination)))
      }${alone.length === 0 ? undefined : fact('commands', alone.join(', '))}
    </dl>
    ${artefactsTable(context, artefacts)}
  </section>`;
}

function ranLine(
  text: SectionContext['text'],
  run: NonNullable<ReportedExamination['run']>,
  numbers: readonly number[],
): string {
  const ms = Date.parse(run.endedAt.utc) - Date.parse(run.startedAt.utc);
  const line = text('report:reproduction.ran-at', {
    from: localMoment(run.startedAt),
    seconds: formatNumber(ms / 1000, text.language, { decimals: 2 }),
    platform: run.platform,
    version: run.assayVersion,
  });
  return numbers.length === 0 ? line : `${line}; ${text('report:reproduction.ran-with', { runs: numbers.join(', ') })}`;
}

function artefactsTable({ text }: SectionContext, artefacts: readonly ReportArtefact[]): Html | undefined {
  if (artefacts.length === 0) return undefined;
  const heading = (key: string, number = false) =>
    html`<th scope="col" ${number ? html` class="number"` : undefined}>${text(`report:reproduction.${key}`)}</th>`;
  const shown = artefacts.slice(0, mostArtefacts);
  return html`<table class="data artefacts">
      <thead>
        <tr>
          ${heading('artefact')}${heading('file')}${heading('bytes', true)}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ artefact }) =>
            html`<tr>
              <td>${artefact.name}</td>
              <td class="mono">${artefact.file}</td>
              <td class="number">${String(artefact.sizeBytes)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${shown.length < artefacts.length ? html`<p class="cut">${text('report:reproduction.artefacts-cut', { shown: shown.length, total: artefacts.length })}</p>` : undefined}`;
}
