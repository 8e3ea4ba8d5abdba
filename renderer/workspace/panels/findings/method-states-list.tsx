import { useText } from '../../../text/text-context.tsx';
import { stateOf, type KeptExamination } from '../method-states.ts';
import { MethodReading } from '../parts/method-reading.tsx';
import { StateWords } from '../parts/state-words.tsx';
import type { ListedMethod } from '../parts/use-methods.ts';

interface MethodStatesProps {
  readonly methods: readonly ListedMethod[];
  readonly examinations: readonly KeptExamination[];
  readonly running: boolean;
}

/** Every method with how it stands on the exhibit, so that what was not examined is said here too. */
export function MethodStates({ methods, examinations, running }: MethodStatesProps) {
  const text = useText();
  return (
    <section className="method-states" aria-label={text('window/panels:states.title')}>
      <h3>{text('window/panels:states.title')}</h3>
      <ul>
        {methods.map(({ id, limits }) => (
          <li key={id}>
            <p>
              {text(`methods/${id}:title`)} <StateWords {...stateOf(id, examinations, running)} />
            </p>
            <MethodReading method={id} limits={limits} />
          </li>
        ))}
      </ul>
    </section>
  );
}
