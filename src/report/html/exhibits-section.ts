import type { ReportedExhibit } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import { localMoment } from './local-moment.ts';
import type { SectionContext } from './section-context.ts';

/** The table of exhibits: what each is called, where it came from, and the hashes that fix it. */
export function exhibitsSection({ text, model }: SectionContext): Html {
  const heading = (key: string) => html`<th scope="col">${text(`report:exhibits.${key}`)}</th>`;
  return html`<section id="exhibits">
    <h2>${text('report:sections.exhibits')}</h2>
    ${
      model.exhibits.length === 0
        ? html`<p class="empty">${text('report:exhibits.none')}</p>`
        : html`<table class="exhibits">
            <thead>
              <tr>
                ${heading('id')}${heading('name')}${heading('role')}${heading('size')}
              </tr>
            </thead>
            ${model.exhibits.map((exhibit) => exhibitRows(text, exhibit))}
          </table>`
    }
  </section>`;
}

function exhibitRows(text: SectionContext['text'], exhibit: ReportedExhibit): Html {
  const fact = (key: string, value: string | undefined, mono = false) =>
    value === undefined
      ? undefined
      : html`<div><dt>${text(`report:exhibits.${key}`)}</dt><dd${mono ? html` class="mono"` : undefined}>${value}</dd></div>`;
  const times = (['modified', 'changed', 'accessed', 'born'] as const)
    .map((name) => [name, exhibit.fileTimes[name]] as const)
    .map(([name, time]) => fact(name, time === null ? text('report:exhibits.no-time') : localMoment(time), true));
  return html`<tbody class="exhibit ${exhibit.role}">
    <tr>
      <th scope="row">${exhibit.id}</th>
      <td>
        <b><bdi>${exhibit.name}</bdi></b>
      </td>
      <td>${exhibit.roleText}</td>
      <td class="mono">${exhibit.sizeText}</td>
    </tr>
    <tr>
      <td colspan="4">
        <dl class="facts wide">
          ${fact('name-bytes', exhibit.nameBytes, true)}${fact('source', exhibit.source)}${fact('path', exhibit.pathAsGiven)}${fact('sha256', exhibit.sha256, true)}${fact('sha512', exhibit.sha512, true)}${fact('md5', exhibit.md5, true)}${fact('added', text('report:exhibits.added-by', { at: localMoment(exhibit.addedAt), by: exhibit.addedBy }))}
        </dl>
        <dl class="facts pairs">${times}</dl>
      </td>
    </tr>
  </tbody>`;
}
