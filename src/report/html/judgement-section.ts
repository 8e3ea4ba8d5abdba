import { visibleLines } from '../../base/visible-text.ts';
import { shorten } from '../../base/shorten.ts';
import type { ReportModel } from '../model/report-model.ts';
import { html, type Html } from './html.ts';
import { outcomeHtml } from './outcome-html.ts';
import type { SectionContext } from './section-context.ts';

const longestObservation = 220;

/** True where the examiner has added anything to what the program measured. */
export function hasJudgement({ opinions, provenance, notes, bookmarks, exhibits }: ReportModel): boolean {
  const parts = [opinions, provenance, notes, bookmarks, exhibits.flatMap(markedOf)];
  return parts.some((part) => part.length > 0);
}

/** The examiner's own words, apart from what the program measured; nothing where the examiner has not written any. */
export function judgementSection(context: SectionContext): Html | undefined {
  const { text, model } = context;
  if (!hasJudgement(model)) return undefined;
  return html`<section id="opinion">
    <h2>${text('report:sections.opinion')}</h2>
    ${opinions(context)}${markedFindings(context)}${provenance(context)}${bookmarks(context)}${notes(context)}
  </section>`;
}

function opinions({ text, model }: SectionContext): HtmlPart {
  const say = (key: string) => text(`report:opinion.${key}`);
  return model.opinions.map(
    (opinion) =>
      html`<div class="opinion">
        <dl>
          <div class="row">
            <dt>${say('proposition')}</dt>
            <dd>${lines(opinion.proposition)}</dd>
          </div>
          <div class="row">
            <dt>${say('alternative')}</dt>
            <dd>${lines(opinion.alternative)}</dd>
          </div>
          <div class="row">
            <dt>${say('outcome')}</dt>
            <dd>${outcomeHtml(text, opinion.outcome)}</dd>
          </div>
          <div class="row">
            <dt>${say('strength')}</dt>
            <dd><b>${opinion.strength.text}</b></dd>
          </div>
        </dl>
        ${paragraphs(opinion.words)}
        <p class="muted">${opinion.at.shown} · ${opinion.author}</p>
      </div>`,
  );
}

function markedFindings({ text, model }: SectionContext): HtmlPart {
  const marked = model.exhibits.flatMap(markedOf);
  if (marked.length === 0) return undefined;
  return html`<h3>${text('report:opinion.marked')}</h3>
    <ul>
      ${marked.map(
        ({ id, outcome, observation, remark }) =>
          html`<li>
            <span class="mono">${id}</span> ${outcomeHtml(text, outcome)} ·
            ${shorten(observation, longestObservation)}${remark === undefined ? undefined : html`<br />${lines(remark)}`}
          </li>`,
      )}
    </ul>`;
}

function provenance({ text, model }: SectionContext): HtmlPart {
  if (model.provenance.length === 0) return undefined;
  const heading = (key: string) => html`<th scope="col">${text(`report:provenance.${key}`)}</th>`;
  return html`<h3>${text('report:provenance.title')}</h3>
    <p class="muted intro">${text('report:provenance.meaning')}</p>
    <table>
      <thead>
        <tr>
          ${heading('exhibit')}${heading('question')}${heading('answer')}${heading('reason')}
        </tr>
      </thead>
      <tbody>
        ${model.provenance.map(
          (answer) =>
            html`<tr>
              <td>${answer.exhibit}</td>
              <td>${answer.question.text}</td>
              <td>${answer.answerText}</td>
              <td>${lines(answer.reason)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function bookmarks({ text, model }: SectionContext): HtmlPart {
  if (model.bookmarks.length === 0) return undefined;
  const heading = (key: string) => html`<th scope="col">${text(`report:bookmarks.${key}`)}</th>`;
  return html`<h3>${text('report:opinion.bookmarks')}</h3>
    <table>
      <thead>
        <tr>
          ${heading('exhibit')}${heading('place')}${heading('status')}${heading('words')}
        </tr>
      </thead>
      <tbody>
        ${model.bookmarks.map(
          (bookmark) =>
            html`<tr>
              <td>${bookmark.exhibit}</td>
              <td class="mono">${bookmark.shown}</td>
              <td>${bookmark.statusText}</td>
              <td>${lines(bookmark.words)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function notes({ text, model }: SectionContext): HtmlPart {
  if (model.notes.length === 0) return undefined;
  return html`<h3>${text('report:opinion.notes')}</h3>
    ${model.notes.map(
      (note) =>
        html`<p class="muted">
            ${note.exhibit === undefined ? undefined : `${note.exhibit} · `}${note.at.shown} · ${note.author}
          </p>
          ${paragraphs(note.words)}`,
    )}`;
}

type HtmlPart = Html | readonly Html[] | undefined;

function markedOf({ findings }: ReportModel['exhibits'][number]): ReportModel['exhibits'][number]['findings'] {
  return findings.filter(({ marked }) => marked);
}

function paragraphs(words: string): Html[] {
  return visibleLines(words).map((line) => html`<p>${line}</p>`);
}

/** What a person wrote, with its line breaks, inside a cell or a list. */
function lines(words: string): Html[] {
  return visibleLines(words).map((line, i) => (i === 0 ? html`${line}` : html`<br />${line}`));
}
