import { useText } from '../../../text/text-context.tsx';

/** What to look for, what to ignore, and the limits of a method: two minutes of reading, folded away. */
export function MethodReading({ method, limits, open }: { method: string; limits: readonly string[]; open?: boolean }) {
  const text = useText();
  const parts = [
    ['lookFor', text.list(`methods/${method}:lookFor`)],
    ['ignore', text.list(`methods/${method}:ignore`)],
    ['limits', limits.map((limit) => text(`methods/${method}:limits.${limit}`))],
  ] as const;
  return (
    <details className="panel-reading" open={open}>
      <summary>{text('window/panels:reading.title')}</summary>
      {text.has(`methods/${method}:question`) && <p>{text(`methods/${method}:question`)}</p>}
      {parts
        .filter(([, sentences]) => sentences.length > 0)
        .map(([part, sentences]) => (
          <section key={part}>
            <h4>{text(`window/panels:reading.${part}`)}</h4>
            <ul>
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        ))}
    </details>
  );
}
