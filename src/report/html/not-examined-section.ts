import type { NotExamined } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import type { SectionContext } from './section-context.ts';

/** What was not examined and why, with exhibits that share a method, a status and a reason on one row. */
export function notExaminedSection({ text, model }: SectionContext): Html {
  const rows = new Map<string, { entry: NotExamined; exhibits: string[] }>();
  for (const entry of model.notExamined) {
    const id = [entry.method.id, entry.status, entry.reason.text].join('\u0000');
    const row = rows.get(id) ?? { entry, exhibits: [] };
    row.exhibits.push(entry.finding ?? entry.exhibit);
    rows.set(id, row);
  }
  const heading = (key: string) => html`<th scope="col">${text(`report:not-examined.${key}`)}</th>`;
  return html`<section id="not-examined">
    <h2>${text('report:sections.not-examined')}</h2>
    <p class="muted intro">${text('report:not-examined.meaning')}</p>
    ${
      rows.size === 0
        ? html`<p class="empty">${text('report:not-examined.none')}</p>`
        : html`<table class="not-examined">
            <thead>
              <tr>
                ${heading('exhibit')}${heading('method')}${heading('status')}${heading('reason')}
              </tr>
            </thead>
            <tbody>
              ${[...rows.values()].map(
                ({ entry, exhibits }) =>
                  html`<tr>
                    <td>${exhibits.join(', ')}</td>
                    <td>${entry.method.title}</td>
                    <td>${entry.statusText}</td>
                    <td>${entry.reason.text}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}
