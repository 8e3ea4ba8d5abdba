import { useText } from '../../text/text-context.tsx';
import type { LensChoice } from '../layout.ts';
import { ViewerPopover } from './viewer-popover.tsx';
import { useMethods } from './use-methods.ts';

/** What to look for through a lens, what to ignore, and what it cannot show. */
export function LensGuide({ lens }: { lens: LensChoice }) {
  const text = useText();
  const methods = useMethods();
  const method = lens.kind === 'live' || lens.kind === 'map' ? lens.method : undefined;
  const own = `window/viewers:guides.${lens.kind}`;
  const list = (part: 'lookFor' | 'ignore'): readonly string[] =>
    text.list(method === undefined ? `${own}.${part}` : `methods/${method}:${part}`);
  const limits =
    method === undefined
      ? text.list(`${own}.limits`)
      : (methods?.find(({ id }) => id === method)?.limits ?? []).map((key) => text(`methods/${method}:limits.${key}`));
  const parts = [
    ['lookFor', list('lookFor')],
    ['ignore', list('ignore')],
    ['limits', limits],
  ] as const;
  return (
    <ViewerPopover label={text('window/viewers:guide.open')} face="?" wide>
      <h3>{method === undefined ? text(`window/viewers:lenses.${lens.kind}`) : text(`methods/${method}:title`)}</h3>
      {method !== undefined && <p className="muted">{text(`methods/${method}:summary`)}</p>}
      {parts.map(
        ([part, sentences]) =>
          sentences.length > 0 && (
            <section key={part}>
              <h4>{text(`window/viewers:guide.${part}`)}</h4>
              <ul>
                {sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </section>
          ),
      )}
    </ViewerPopover>
  );
}
