import type { Outcome } from '../../base/finding.ts';
import type { Text } from '../../base/text.ts';
import { html, type Html } from './html.ts';

const symbols: Record<Outcome, string> = {
  inconsistent: '▲',
  consistent: '●',
  inconclusive: '◆',
  abstained: '○',
  information: '',
};

/** Symbol and word of an outcome; never colour alone. */
export function outcomeHtml(text: Text, outcome: Outcome): Html {
  const symbol = symbols[outcome];
  const mark = symbol === '' ? undefined : html`<span class="symbol" aria-hidden="true">${symbol}</span> `;
  return html`<span class="outcome ${outcome}">${mark}${text(`report:outcomes.${outcome}`)}</span>`;
}
