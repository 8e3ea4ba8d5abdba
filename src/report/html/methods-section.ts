import { html, type Html } from './html.ts';
import type { SectionContext } from './section-context.ts';

/** What no report of this kind can say. */
export function honestLimitsSection({ text, model }: SectionContext): Html {
  return html`<section id="limits">
    <h2>${text('report:sections.limits')}</h2>
    <ul>
      ${model.honestLimits.map((limit) => html`<li>${limit.text}</li>`)}
    </ul>
  </section>`;
}

/** The methods that ran: the question of each, how it works, its limits and its sources. */
export function methodsSection({ text, model }: SectionContext): Html {
  return html`<section id="methods">
    <h2>${text('report:sections.methods')}</h2>
    ${model.methods.map(
      (method) =>
        html`<section class="method">
          <h3>
            ${method.title}
            <span class="muted"
              >${method.id} ${text('report:findings.version', { version: String(method.version) })}</span
            >
          </h3>
          <p><b>${method.question}</b> ${method.summary}</p>
          ${
            method.errorRates === undefined
              ? undefined
              : html`<p><b>${text('report:error-rates')}</b></p>
                  <ul>
                    ${method.errorRates.map((rate) => html`<li>${rate}</li>`)}
                  </ul>`
          }
          ${
            method.limits.length === 0
              ? undefined
              : html`<ul class="limits-list">
                  ${method.limits.map((limit) => html`<li>${limit.text}</li>`)}
                </ul>`
          }${
            method.references.length === 0
              ? undefined
              : html`<ul class="references">
                  ${method.references.map(({ citation, doi }) => html`<li>${citation}${doi === undefined ? undefined : html` <span class="mono">doi:${doi}</span>`}</li>`)}
                </ul>`
          }
        </section>`,
    )}
  </section>`;
}
