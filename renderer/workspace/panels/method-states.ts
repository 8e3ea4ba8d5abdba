import type { z } from 'zod';
import type { ListedFinding } from '../../../src/contract/examined.ts';
import type { listExaminations } from '../../../src/contract/window-operations.ts';
import { outcomeOrder } from '../gravest-outcome.ts';

export type KeptExamination = z.infer<typeof listExaminations.output>['examinations'][number];

/** How a method stands on an exhibit. */
export type MethodState = KeptExamination['status'] | 'running' | 'not-chosen';

/** A finding with the examination that it is from; `index` is its place there, as a note names it. */
export interface PlacedFinding {
  readonly finding: ListedFinding;
  readonly examination: KeptExamination;
  readonly index: number;
}

/** Every finding of every kept examination, gravest first; within an outcome in the order of the examinations. */
export function gravestFirst(examinations: readonly KeptExamination[]): PlacedFinding[] {
  return examinations
    .flatMap((examination) => examination.findings.map((finding, index) => ({ finding, examination, index })))
    .toSorted((a, b) => outcomeOrder.indexOf(a.finding.outcome) - outcomeOrder.indexOf(b.finding.outcome));
}

/** State of a method: that of its kept examinations, a completed one first; else whether something runs. */
export function stateOf(
  method: string,
  examinations: readonly KeptExamination[],
  running: boolean,
): { readonly state: MethodState; readonly examination?: KeptExamination } {
  const kept = examinations.filter((one) => one.method === method);
  const examination = kept.find(({ status }) => status === 'completed') ?? kept.at(-1);
  if (examination !== undefined) return { state: examination.status, examination };
  return { state: running ? 'running' : 'not-chosen' };
}

/** Parameters in which kept examinations of the same method differ, by the examination's key. */
export function differingParameters(
  examinations: readonly KeptExamination[],
): ReadonlyMap<string, readonly (readonly [name: string, value: unknown])[]> {
  const differing = new Map<string, (readonly [string, unknown])[]>();
  for (const one of examinations) {
    const others = examinations.filter((other) => other.method === one.method && other.key !== one.key);
    const names = Object.keys(one.parameters).filter((name) =>
      others.some((other) => JSON.stringify(other.parameters[name]) !== JSON.stringify(one.parameters[name])),
    );
    differing.set(
      one.key,
      names.map((name) => [name, one.parameters[name]] as const),
    );
  }
  return differing;
}
