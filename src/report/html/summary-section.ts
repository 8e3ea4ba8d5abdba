import { visibleLines } from '../../base/visible-text.ts';
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

/** The examiner's own words, apart from what the program measured; nothing where the examiner has not written any. */
export function opinionSection({ text, model }: SectionContext): Html | undefined {
  const { opinion, notes, bookmarks } = model;
  if (opinion === undefined && notes.length === 0 && bookmarks.length === 0) return undefined;
  const paragraphs = (words: string) => visibleLines(words).map((line) => html`<p>${line}</p>`);
  return html`<section id="opinion">
    <h2>${text('report:sections.opinion')}</h2>
    ${
      opinion === undefined
        ? undefined
        : html`${
            opinion.propositions.length === 0
              ? undefined
              : html`<p>${text('report:opinion.propositions')}</p>
                  <ol>
                    ${opinion.propositions.map((p) => html`<li>${p}</li>`)}
                  </ol>`
          }${opinion.strength === undefined ? undefined : html`<p>${text('report:opinion.strength')}: <b>${opinion.strength}</b></p>`}${paragraphs(opinion.words)}`
    }${
      bookmarks.length === 0
        ? undefined
        : html`<h3>${text('report:opinion.bookmarks')}</h3>
            <ul>
              ${bookmarks.map((b) => html`<li>${b.exhibit} · ${b.shown}: ${b.words}</li>`)}
            </ul>`
    }${
      notes.length === 0
        ? undefined
        : html`<h3>${text('report:opinion.notes')}</h3>
            ${notes.map(
              (note) =>
                html`<p class="muted">${note.at.shown} · ${note.author}</p>
                  ${paragraphs(note.words)}`,
            )}`
    }
  </section>`;
}
