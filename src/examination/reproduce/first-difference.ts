import { canonicalJson } from '../../base/canonical-json.ts';
import { shorten } from '../../base/shorten.ts';
import type { ExaminationResult } from '../result.ts';
import type { Difference } from './reproduced.ts';

/** In the order in which a reader asks; the key and the programs are compared by themselves. */
const compared = [
  'exhibitSha256',
  'method',
  'parameters',
  'status',
  'reason',
  'details',
  'findings',
  'artefacts',
  'commands',
] as const satisfies readonly (keyof ExaminationResult)[];

/**
 * The first thing in which a result that was made again differs from the recorded one; undefined when it is the same.
 * Programs and the key that follows from them are left out: that another version gives the same result is what is asked.
 */
export function firstDifference(recorded: ExaminationResult, found: ExaminationResult): Difference | undefined {
  for (const part of compared) {
    const difference =
      part === 'artefacts'
        ? artefactDifference(recorded.artefacts, found.artefacts)
        : valueDifference(recorded[part], found[part], part);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

type Artefacts = ExaminationResult['artefacts'];

function artefactDifference(recorded: Artefacts, found: Artefacts): Difference | undefined {
  const names = [...new Set([...recorded, ...found].map(({ name }) => name))];
  for (const name of names) {
    const before = recorded.find((artefact) => artefact.name === name);
    const now = found.find((artefact) => artefact.name === name);
    if (before?.sha256 !== now?.sha256)
      return { where: `artefact ${name}`, recorded: shown(before?.sha256), found: shown(now?.sha256) };
    const difference = valueDifference(before, now, `artefact ${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function valueDifference(recorded: unknown, found: unknown, where: string): Difference | undefined {
  if (Array.isArray(recorded) && Array.isArray(found)) {
    for (let index = 0; index < Math.max(recorded.length, found.length); index += 1) {
      const difference = valueDifference(recorded[index], found[index], `${where}[${String(index)}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isRecord(recorded) && isRecord(found)) {
    for (const name of [...new Set([...Object.keys(recorded), ...Object.keys(found)])].sort()) {
      const difference = valueDifference(recorded[name], found[name], `${where}.${name}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (shown(recorded, Infinity) === shown(found, Infinity)) return undefined;
  return { where, recorded: shown(recorded), found: shown(found) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown, most = 200): string {
  if (value === undefined) return 'absent';
  const text = canonicalJson(value);
  return most === Infinity ? text : shorten(text, most);
}
