import { html, type Html } from './html.ts';
import { outcomeHtml } from './outcome-html.ts';
import type { SectionContext } from './section-context.ts';

/** At most eight lines, each with its outcome's symbol where it has one. */
export function summarySection({ text, model }: SectionContext): Html {
  return html`<section id="summary">
    <h2>${text('report:sections.summary')}</h2>
    <ul class="summary">
      ${model.summary.map(
        (line) =>
          html`<li>
            ${line.outcome === undefined ? undefined : html`${outcomeHtml(text, line.outcome)} · `}${line.text}
          </li>`,
      )}
    </ul>
  </section>`;
}
