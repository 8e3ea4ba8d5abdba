import type { Text } from '../../base/text.ts';
import type { Figure } from '../figures/figure.ts';
import { figureOrder } from '../figures/figure-order.ts';
import type { ReportModel } from '../model/report-model.ts';
import { custodySection } from './custody-section.ts';
import { detailsSection } from './details-section.ts';
import { exhibitsSection } from './exhibits-section.ts';
import { findingsSection } from './findings-section.ts';
import { cssString, Html, html } from './html.ts';
import { hasJudgement, judgementSection } from './judgement-section.ts';
import { honestLimitsSection, methodsSection } from './methods-section.ts';
import { notExaminedSection } from './not-examined-section.ts';
import { contentSecurityPolicy } from './page-policy.ts';
import { reproductionSection } from './reproduction-section.ts';
import type { SectionContext } from './section-context.ts';
import { summarySection } from './summary-section.ts';
import { titleBlock } from './title-block.ts';

export interface HtmlAssets {
  readonly text: Text;
  readonly figures: ReadonlyMap<string, Figure>;
  /** The style sheet with its fonts inside: nothing in it may point outside the page. */
  readonly style: string;
  /** SHA-256 of report.json, which the page names, so that paper leads back to the data. */
  readonly dataSha256: string;
  /** A preview: nothing is sealed, and every page says so. */
  readonly draft?: boolean;
}

/**
 * The report as one self-contained page: no script, nothing from outside, readable on a screen and printed on A4. Pure: the
 * same model and assets give the same bytes.
 */
export function renderHtml(model: ReportModel, assets: HtmlAssets): string {
  const { text, figures, dataSha256, draft = false } = assets;
  const numbers = new Map(figureOrder(model).map((id, i) => [id, i + 1]));
  const context: SectionContext = { text, model, figures, figureNumber: (id) => numbers.get(id) ?? 0 };
  const style = `${assets.style}\n${pageFooters(context, dataSha256, draft)}`;
  const sections = [
    summarySection(context),
    judgementSection(context),
    exhibitsSection(context),
    findingsSection(context),
    notExaminedSection(context),
    honestLimitsSection(context),
    detailsSection(context),
    custodySection(context),
    methodsSection(context),
    reproductionSection(context),
  ];
  const page = html`<!doctype html>
    <html lang="${model.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(style)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="Assay ${model.assayVersion}" />
        <title>${titleOf(model)}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        ${titleBlock(context, dataSha256, draft)} ${contents(context)}
        <main>${sections.filter((section) => section !== undefined).map((section) => html`${section} `)}</main>
        <footer>
          <p class="muted">
            ${
              draft
                ? text('report:draft.short')
                : html`${text('report:footer.end', { version: model.assayVersion })}
                    <span class="mono">${dataSha256}</span>`
            }
          </p>
        </footer>
      </body>
    </html> `;
  return page.source;
}

function titleOf({ case: of, id }: ReportModel): string {
  return [of.reference, of.title, id].filter((part) => part !== undefined).join(' · ');
}

/** Foot of every printed page: reference, page, and the beginning of the hash that leads to the data. */
function pageFooters({ text, model }: SectionContext, dataSha256: string, draft: boolean): string {
  const [before = '', between = '', after = ''] = text('report:footer.page', { page: '\u0000', pages: '\u0000' }).split(
    '\u0000',
  );
  const reference = [model.case.reference ?? model.case.title.slice(0, 60), model.id].join(' · ');
  return `@page {
  @bottom-left { content: ${cssString(reference)}; }
  @bottom-center { content: ${cssString(before)} counter(page) ${cssString(between)} counter(pages) ${cssString(after)}; }
  @bottom-right { content: ${cssString(draft ? text('report:draft.short') : `SHA-256 ${dataSha256.slice(0, 16)}`)}; }
}
`;
}

function contents({ text, model }: SectionContext): Html {
  const ids = [
    'summary',
    'exhibits',
    'findings',
    'not-examined',
    'limits',
    'details',
    'custody',
    'methods',
    'reproduction',
  ];
  const all = hasJudgement(model) ? ['summary', 'opinion', ...ids.slice(1)] : ids;
  return html`<nav aria-label="${text('report:sections.contents')}">
    <ol>
      ${all.map((id) => html`<li><a href="#${id}">${text(`report:sections.${id}`)}</a></li>`)}
    </ol>
  </nav>`;
}
