import type { Outcome } from '../../../base/finding.ts';
import type { Text } from '../../../base/text.ts';
import { styled, type Inline } from './inline.ts';
import { colours, type Style } from './style.ts';

const symbols: Record<Outcome, string> = {
  inconsistent: '▲',
  consistent: '●',
  inconclusive: '◆',
  abstained: '○',
  information: '',
};

/** Symbol and word of an outcome; never colour alone. */
export function outcomeInline(text: Text, outcome: Outcome, style: Style): Inline {
  const coloured = { ...style, face: 'bold' as const, colour: colours[outcome] };
  const symbol = symbols[outcome];
  return styled(
    coloured,
    symbol === '' ? text(`report:outcomes.${outcome}`) : `${symbol} ${text(`report:outcomes.${outcome}`)}`,
  );
}
