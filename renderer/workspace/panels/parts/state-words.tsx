import { visibleText } from '../../../../src/base/visible-text.ts';
import type { Text } from '../../../../src/base/text.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination, MethodState } from '../method-states.ts';

const symbols: Readonly<Record<MethodState, string>> = {
  completed: '✓',
  'not-completed': '◐',
  'not-applicable': '–',
  failed: '✕',
  running: '…',
  'not-chosen': '○',
};

/** What tells why a method ended as it did. */
type Ended = Pick<KeptExamination, 'method' | 'reason' | 'details'>;

/** How a method stands, by shape and word, with the reason where there is one. */
export function StateWords({ state, examination }: { state: MethodState; examination?: Ended | undefined }) {
  const text = useText();
  const reason = examination === undefined ? undefined : reasonText(text, examination);
  return (
    <span className="muted">
      <span aria-hidden="true">{symbols[state]} </span>
      {text(state === 'running' ? 'window/panels:states.running' : `report:status.${state}`)}
      {reason !== undefined && `: ${reason}`}
    </span>
  );
}

/** Why a method did not complete; undefined where it gave no reason. */
export function reasonText(text: Text, examination: Ended): string | undefined {
  const { method, reason, details } = examination;
  if (reason === undefined) return undefined;
  const values = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? visibleText(value) : value]),
  );
  for (const key of [`methods/${method}:reasons.${reason}`, `errors:${reason}`, `report:reasons.${reason}`])
    if (text.has(key)) return text(key, values);
  return text('report:reasons.unnamed', { reason: visibleText(reason) });
}
