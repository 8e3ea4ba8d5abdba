import type { Outcome } from '../../src/base/finding.ts';
import { useText } from '../text/text-context.tsx';

const symbols: Readonly<Record<Outcome, string>> = {
  inconsistent: '▲',
  consistent: '●',
  inconclusive: '◆',
  abstained: '○',
  information: '·',
};

/** An outcome by shape, colour and word, never by colour alone. */
export function OutcomeMark({ outcome, wordless = false }: { outcome: Outcome; wordless?: boolean }) {
  const text = useText();
  const word = text(`report:outcomes.${outcome}`);
  return (
    <span className={`outcome outcome-${outcome}`}>
      <span aria-hidden="true">{symbols[outcome]}</span>
      <span className={wordless ? 'visually-hidden' : ''}> {word}</span>
    </span>
  );
}
