import type { Text } from '../../base/text.ts';
import { html, Html } from '../../report/html/html.ts';
import type { TrialResult, ValidationRecord } from './validation-record.ts';

const symbols: Readonly<Record<TrialResult['outcome'], string>> = { passed: '✓', failed: '✕', 'not-run': '○' };

/** The validation record as one self-contained page, in the words of one language. Pure: the same record, the same bytes. */
export function validationHtml(record: ValidationRecord, text: Text, style: string): string {
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    text(`validation:${key}`, values);
  const count = (outcome: TrialResult['outcome']): number =>
    record.trials.filter((trial) => trial.outcome === outcome).length;
  const page = html`<!doctype html>
    <html lang="${text.language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Assay ${record.assayVersion}" />
        <title>${say('title')}</title>
        <style>
          ${new Html(`${style}\n${own}`)}
        </style>
      </head>
      <body>
        <main class="validation">
          <h1>${say('title')}</h1>
          <p class="validation-whole validation-${record.outcome}">
            <b>${say(`outcomes.${record.outcome}`)}</b>
            ${say('counts', { passed: count('passed'), failed: count('failed'), notRun: count('not-run') })}
          </p>
          <p>${say('introduction')}</p>
          ${facts(record, say)}
          <h2>${say('trialsTitle')}</h2>
          ${trialTable(record, say, text)}
          <h2>${say('programsTitle')}</h2>
          <table>
            <tbody>
              ${record.programs.map(
                ({ name, version, sha256 }) =>
                  html`<tr>
                    <th scope="row">${name}</th>
                    <td>${version}</td>
                    <td class="mono">${sha256}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <h2>${say('mediaTitle')}</h2>
          <table>
            <tbody>
              ${record.media.map(
                ({ name, sha256, sizeBytes }) =>
                  html`<tr>
                    <th scope="row">${name}</th>
                    <td>${say('bytes', { bytes: sizeBytes })}</td>
                    <td class="mono">${sha256}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <h2>${say('limitsTitle')}</h2>
          <ul>
            ${text.list('validation:limits').map((limit) => html`<li>${limit}</li>`)}
          </ul>
        </main>
      </body>
    </html> `;
  return page.source;
}

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

function facts(record: ValidationRecord, say: Say): Html {
  const lines = [
    ['assay', record.assayVersion],
    ['platform', record.platform],
    ['pack', `${record.pack.id} ${String(record.pack.version)}`],
    ['started', record.startedAt],
    ['ended', record.endedAt],
    ['case', record.case.id],
  ] as const;
  return html`<dl>
    ${lines.map(
      ([name, value]) =>
        html`<dt>${say(`facts.${name}`)}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function trialTable({ trials }: ValidationRecord, say: Say, text: Text): Html {
  return html`<table class="trials">
    <thead>
      <tr>
        ${['outcome', 'question', 'medium', 'expected', 'measured'].map(
          (column) => html`<th scope="col">${say(`columns.${column}`)}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${trials.map(
        ({ id, area, medium, expected, measured, outcome }) =>
          html`<tr class="trial-${outcome}">
            <td>${symbols[outcome]} ${say(`trialOutcomes.${outcome}`)}</td>
            <td>${areaTitle(area, text)}: ${say(`trials.${id}`)}</td>
            <td>${medium ?? ''}</td>
            <td class="mono">${expected}</td>
            <td class="mono">${measured}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A method by its own title; parts of Assay by theirs. */
export function areaTitle(area: string, text: Text): string {
  const method = `methods/${area}:title`;
  return text.has(method) ? text(method) : text(`validation:areas.${area}`);
}

const own = `
.validation { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
.validation table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem; }
.validation th, .validation td { text-align: start; vertical-align: top; padding: 0.25rem 0.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.validation .mono { font-family: 'Assay Mono', monospace; overflow-wrap: anywhere; font-size: 0.85em; }
.trials { table-layout: fixed; }
.trials th:nth-child(1) { width: 12%; }
.trials th:nth-child(3) { width: 11%; }
.trials th:nth-child(4), .trials th:nth-child(5) { width: 23%; }
.trials td:nth-child(1), .trials td:nth-child(3) { white-space: nowrap; }
.validation dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; }
.validation dd { margin: 0; overflow-wrap: anywhere; }
.validation-whole { font-size: 1.15em; }
.trial-failed td { font-weight: 700; }
@media print { .validation { margin: 0; max-width: none; } tr { break-inside: avoid; } }
`;
