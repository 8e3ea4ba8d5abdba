import type { EventArtefact } from '../../base/artefact.ts';
import type { MethodText } from '../model/method-text.ts';
import type { MarksFigure, TimeMark } from './figure.ts';
import { readJson } from './read-json.ts';

/** Marks that a report draws; past this they run into each other on any page. */
const mostMarks = 2000;

/** The events of an artefact; a label that the method's texts know (`events.<label>`) is put into words. */
export function eventFigure(artefact: EventArtefact, bytes: Uint8Array, method: MethodText): MarksFigure {
  const { events } = readJson(bytes) as { events?: unknown };
  if (!Array.isArray(events)) throw new RangeError('not a list of events');
  const marks = events.slice(0, mostMarks).flatMap((event: unknown): TimeMark[] => {
    const { startMs, endMs, label } = (event ?? {}) as Record<string, unknown>;
    if (typeof startMs !== 'number') return [];
    const words = typeof label === 'string' ? label : '';
    const known = /^[a-z0-9-]+$/.test(words) && method.has(`events.${words}`);
    return [
      {
        startMs,
        ...(typeof endMs === 'number' ? { endMs } : {}),
        label: known ? method.say(`events.${words}`) : words,
      },
    ];
  });
  return { kind: 'marks', marks, total: artefact.count };
}
