import { z } from 'zod';
import { AssayError } from '../base/errors.ts';
import type { Method } from '../methods/method.ts';
import { loadMethod, methodIds } from '../methods/registry.ts';
import { isProfileName, profiles, profileSettings } from './profiles.ts';

/** One method with the parameters that it will run with, defaults filled in. */
export interface ChosenMethod {
  readonly method: Method;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface MethodChoice {
  /** Name of a profile; `triage` where neither it nor `methods` is given. */
  readonly profile?: string | undefined;
  readonly methods?: readonly string[] | undefined;
  /** Values by `<method>.<parameter>`, as typed on a command line (text) or as JSON values. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** Ids of the chosen methods in the registry's order. Throws `wrong-use` for a profile or method that does not exist. */
export function chosenMethodIds(choice: MethodChoice): readonly string[] {
  if (choice.methods !== undefined) {
    for (const id of choice.methods)
      if (!methodIds.includes(id))
        throw new AssayError('unknown-name', { kind: 'method', name: id, known: methodIds.join(', ') });
    return methodIds.filter((id) => choice.methods?.includes(id));
  }
  const name = choice.profile ?? 'triage';
  if (!isProfileName(name))
    throw new AssayError('unknown-name', { kind: 'profile', name, known: Object.keys(profiles).join(', ') });
  const list: readonly string[] | 'all' = profiles[name];
  return list === 'all' ? methodIds : methodIds.filter((id) => list.includes(id));
}

/** Loads the chosen methods and checks every parameter against its schema. Throws `wrong-use` naming what is wrong. */
export async function chooseMethods(choice: MethodChoice): Promise<readonly ChosenMethod[]> {
  const ids = chosenMethodIds(choice);
  const settings = groupSettings({ ...settingsOfProfile(choice), ...choice.settings }, ids);
  const chosen: ChosenMethod[] = [];
  for (const id of ids) {
    const method = await loadMethod(id);
    if (method === undefined) throw new AssayError('defect', { what: `method ${id} is listed but does not load` });
    chosen.push({ method, parameters: parseParameters(method, settings.get(id) ?? {}) });
  }
  return chosen;
}

/** What the profile sets where no methods are named. */
export function settingsOfProfile({ methods, profile = 'triage' }: MethodChoice): Readonly<Record<string, string>> {
  return methods === undefined && isProfileName(profile) ? profileSettings[profile] : {};
}

function groupSettings(
  settings: Readonly<Record<string, unknown>>,
  ids: readonly string[],
): Map<string, Record<string, unknown>> {
  const grouped = new Map<string, Record<string, unknown>>();
  for (const [key, value] of Object.entries(settings)) {
    const dot = key.indexOf('.');
    const id = key.slice(0, Math.max(0, dot));
    if (!methodIds.includes(id))
      throw new AssayError('unknown-name', { kind: 'method', name: id || key, known: methodIds.join(', ') });
    if (!ids.includes(id)) throw new AssayError('setting-unused', { setting: key, method: id });
    const values = grouped.get(id) ?? {};
    values[key.slice(dot + 1)] = value;
    grouped.set(id, values);
  }
  return grouped;
}

/**
 * Parses values (possibly typed as text) with the method's schema: text that reads as a JSON number, boolean, list or
 * object is taken as one where the schema refuses the text itself.
 */
export function parseParameters(method: Method, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = Object.keys((method.params as unknown as { shape?: Record<string, unknown> }).shape ?? {});
  for (const name of Object.keys(values))
    if (!known.includes(name))
      throw new AssayError('unknown-name', {
        kind: 'parameter',
        name: `${method.id}.${name}`,
        known: known.map((parameter) => `${method.id}.${parameter}`).join(', '),
      });
  const asTyped = method.params.safeParse(values);
  if (asTyped.success) return asTyped.data as Record<string, unknown>;
  const asJson = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromText(value)]));
  const parsed = method.params.safeParse(asJson);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issue = parsed.error.issues[0];
  throw new AssayError('setting-invalid', {
    setting: `${method.id}.${issue?.path.join('.') ?? ''}`,
    problem: issue?.message ?? z.prettifyError(parsed.error),
  });
}

function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
