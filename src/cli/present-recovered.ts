import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import type { Recovered } from '../workbench/operation-context.ts';

/** One line for each thing that an interrupted run left behind and that was put right; none where there was nothing. */
export function presentRecovered(what: Recovered, text: Text): string[] {
  return [
    ...what.removed.map((path) => text('case:recovered.removed', { path: visibleText(path) })),
    ...what.completed.map((path) => text('case:recovered.completed', { path: visibleText(path) })),
    ...what.repaired.map((file) => text('case:recovered.repaired', { file })),
    ...(what.takenOverFrom === undefined
      ? []
      : [text('case:recovered.taken-over', { pid: String(what.takenOverFrom.pid) })]),
  ];
}
