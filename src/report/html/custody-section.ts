import { html, type Html } from './html.ts';
import { localMoment } from './local-moment.ts';
import type { SectionContext } from './section-context.ts';

/** Entries of the log that a report prints: the first few tell how the case began, the last how it came here. */
const printed = { first: 10, last: 40 } as const;

/** Who did what and when, with the head that fixes how long the log was. */
export function custodySection({ text, model }: SectionContext): Html {
  const { custody } = model;
  const { entries } = custody;
  const all = entries.length <= printed.first + printed.last;
  const shown = all ? entries : [...entries.slice(0, printed.first), ...entries.slice(-printed.last)];
  const heading = (key: string) => html`<th scope="col">${text(`report:custody.${key}`)}</th>`;
  return html`<section id="custody">
    <h2>${text('report:sections.custody')}</h2>
    <p>${model.clockNotice}</p>
    <dl class="facts wide">
      <div>
        <dt>${text('report:custody.head')}</dt>
        <dd class="mono">${custody.seq} · ${custody.hash}</dd>
      </div>
      <div>
        <dt>${text('report:custody.actors')}</dt>
        <dd>${custody.actors.join(', ')}</dd>
      </div>
    </dl>
    <table class="data log">
      <thead>
        <tr>
          ${heading('seq')}${heading('at')}${heading('actor')}${heading('action')}${heading('subject')}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (entry) =>
            html`<tr>
              <td class="number">${String(entry.seq)}</td>
              <td class="mono whole">${localMoment(entry.at)}</td>
              <td>${entry.actor}</td>
              <td>${entry.actionText}</td>
              <td class="mono subject">${shortSubject(entry.subject)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      all
        ? undefined
        : html`<p class="cut">
            ${text('report:custody.cut', { shown: shown.length, total: entries.length, first: printed.first, last: printed.last })}
          </p>`
    }
  </section>`;
}

/** An examination's key is 64 digits; eight are enough to find it, and all stand in custody.jsonl. */
function shortSubject(subject: string): string {
  return subject.replace(/[0-9a-f]{64}/g, (key) => `${key.slice(0, 8)}…`);
}
