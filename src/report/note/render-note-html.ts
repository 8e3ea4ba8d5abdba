import type { HtmlAssets } from '../html/render-html.ts';
import { figureHtml } from '../html/figure-html.ts';
import { html, Html } from '../html/html.ts';
import { contentSecurityPolicy } from '../html/page-policy.ts';
import type { SectionContext } from '../html/section-context.ts';
import type { ReportModel } from '../model/report-model.ts';
import { noteContent } from './note-content.ts';
import { squareCodeSvg } from './square-code.ts';

/** The public note as a page to be copied from: the same words, picture and code as the PDF, with nothing from outside. */
export function renderNoteHtml(model: ReportModel, { text, figures, style, dataSha256 }: HtmlAssets): string {
  const content = noteContent(model, text, dataSha256);
  const { title, subtitle, sections, picture, code, codeText, codeMeaning, sealedBy } = content;
  const context: SectionContext = { text, model, figures, figureNumber: () => 1 };
  const page = html`<!doctype html>
    <html lang="${model.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(style)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="Assay ${model.assayVersion}" />
        <title>${title} · ${subtitle}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <header class="title-block">
          <h1>${title}</h1>
          <p class="muted">${subtitle}</p>
        </header>
        <main>
          ${sections.map(
            ({ heading, lines }) =>
              html`<section>
                <h2>${heading}</h2>
                <ul>
                  ${lines.map((line) => html`<li>${line}</li>`)}
                </ul>
              </section>`,
          )}
          ${picture === undefined ? undefined : html`<div class="figures">${figureHtml(context, picture.exhibit, picture.artefact, 'page')}</div>`}
          <section>
            <h2>${text('note:code.heading')}</h2>
            <p class="mono">${code}</p>
            <p>${codeMeaning}</p>
            ${squareCodeSvg(codeText)}
            <p class="muted">${sealedBy}</p>
          </section>
        </main>
      </body>
    </html> `;
  return page.source;
}
