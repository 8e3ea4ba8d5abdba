import { html, type Html } from './html.ts';
import type { SectionContext } from './section-context.ts';

/** Reference, title, examiner, date with zone, who seals, and what the seal shows; or that this is a draft without one. */
export function titleBlock({ text, model }: SectionContext, dataHash: string, draft: boolean): Html {
  const { case: of, sealedBy } = model;
  const fact = (key: string, value: Html | string, wide = false) =>
    html`<div class="${wide ? 'row' : 'half'}">
      <dt>${text(`report:title.${key}`)}</dt>
      <dd>${value}</dd>
    </div>`;
  const short = html`<span class="mono">${fingerprintGroups(sealedBy.fingerprint.slice(0, 16))}</span>`;
  return html`<header class="title-block">
    <p class="kind">${text('report:title.kind', { id: model.id })}</p>
    <h1>${of.title}</h1>
    <dl class="facts">
      ${
        of.reference === undefined ? undefined : fact('reference', of.reference)
      }${fact('examiner', of.examiner)}${fact('date', html`<span class="mono">${model.createdAt.shown}</span>`)}${fact(
        draft ? 'will-seal' : 'sealed-by',
        html`${sealedBy.name} · ${short}`,
      )}${fact('words', sealedBy.words.join(' '), true)}${draft ? undefined : fact('data', html`<span class="mono">${fingerprintGroups(dataHash.slice(0, 16))}</span>`)}
    </dl>
    ${
      draft
        ? html`<p class="notice practice">${text('report:draft.notice')}</p>`
        : html`<p class="notice${sealedBy.practice ? ' practice' : ''}">
            ${sealedBy.notice} ${text('report:title.verify')}
          </p>`
    }
  </header>`;
}

/** `1a2b 3c4d …`: four digits at a time are compared by eye. */
function fingerprintGroups(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}
