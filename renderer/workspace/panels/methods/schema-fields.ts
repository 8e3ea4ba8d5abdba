/** One control of a form that is made from a method's parameters. */
export type FormField =
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly fallback: number | undefined;
      readonly min?: number;
      readonly max?: number;
      readonly whole: boolean;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly fallback: Choice | undefined;
      readonly choices: readonly Choice[];
    }
  | { readonly kind: 'switch'; readonly name: string; readonly fallback: boolean | undefined }
  | { readonly kind: 'text'; readonly name: string; readonly fallback: string | undefined }
  /** A rectangle of the picture. */
  | { readonly kind: 'region'; readonly name: string; readonly fallback: unknown }
  /** Anything else is typed as JSON, so that no parameter is out of reach. */
  | { readonly kind: 'json'; readonly name: string; readonly fallback: unknown };

export type Choice = string | number | boolean;

type Schema = Readonly<Record<string, unknown>>;

/** The controls for the properties of a JSON Schema (draft 2020-12), in their order. */
export function schemaFields(parameters: Schema): FormField[] {
  const properties = (parameters['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries(properties).map(([name, schema]) => fieldOf(name, schema));
}

function fieldOf(name: string, schema: Schema): FormField {
  const fallback = schema['default'];
  const choices = choicesOf(schema);
  if (choices !== undefined) return { kind: 'choice', name, fallback: fallback as Choice | undefined, choices };
  switch (schema['type']) {
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        name,
        fallback: fallback as number | undefined,
        ...bound('min', schema['minimum'] ?? schema['exclusiveMinimum']),
        ...bound('max', schema['maximum'] ?? schema['exclusiveMaximum']),
        whole: schema['type'] === 'integer',
      };
    case 'boolean':
      return { kind: 'switch', name, fallback: fallback as boolean | undefined };
    case 'string':
      return { kind: 'text', name, fallback: fallback as string | undefined };
    default:
      return { kind: isRegion(schema) ? 'region' : 'json', name, fallback };
  }
}

/** Every whole number has bounds in a schema; those of the number type itself say nothing. */
function bound(name: 'min' | 'max', value: unknown): Record<string, number> {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? { [name]: value } : {};
}

function choicesOf(schema: Schema): readonly Choice[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'] as Choice[];
  const options = (schema['anyOf'] ?? schema['oneOf']) as readonly Schema[] | undefined;
  if (options?.every((one) => 'const' in one) === true) return options.map((one) => one['const'] as Choice);
  return undefined;
}

/** A rectangle, as itself or as the alternative to null. */
function isRegion(schema: Schema): boolean {
  const options = [schema, ...((schema['anyOf'] ?? []) as readonly Schema[])];
  return options.some(({ properties }) =>
    ['x', 'y', 'width', 'height'].every((side) => Object.hasOwn(properties ?? {}, side)),
  );
}

/** What stands in a control: text as typed, or whether it is on. */
export type Typed = string | boolean;

/** A value as its control shows it; empty where there is none. */
export function typedValue(field: FormField, value: unknown): Typed {
  if (field.kind === 'switch') return value === true;
  if (value === undefined) return '';
  return typeof value === 'string' && field.kind !== 'json' ? value : JSON.stringify(value);
}

/** What was typed as the parameter's value, or the key of what is wrong with it under `window/panels:methods.problems`. */
export function readTyped(
  field: FormField,
  typed: Typed,
): { readonly value: unknown } | { readonly problem: 'number' | 'whole' | 'bounds' | 'json' } {
  const text = String(typed).trim();
  switch (field.kind) {
    case 'switch':
      return { value: typed === true };
    case 'choice':
      return { value: field.choices.find((choice) => String(choice) === text) };
    case 'text':
      return { value: text === '' && field.fallback === undefined ? undefined : String(typed) };
    case 'number': {
      if (text === '') return { value: field.fallback };
      const value = Number(text.replace(',', '.'));
      if (!Number.isFinite(value)) return { problem: 'number' };
      if (field.whole && !Number.isInteger(value)) return { problem: 'whole' };
      if (value < (field.min ?? -Infinity) || value > (field.max ?? Infinity)) return { problem: 'bounds' };
      return { value };
    }
    case 'region':
    case 'json':
      if (text === '') return { value: field.fallback };
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { problem: 'json' };
      }
  }
}

/** Settings of a run by `<method>.<parameter>`: only what differs from the defaults, so that equal runs are the same run. */
export function changedSettings(
  method: string,
  fields: readonly FormField[],
  typed: ReadonlyMap<string, Typed>,
): Record<string, unknown> | null {
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const given = typed.get(field.name);
    if (given === undefined) continue;
    const read = readTyped(field, given);
    if ('problem' in read) return null;
    if (read.value !== undefined && JSON.stringify(read.value) !== JSON.stringify(field.fallback))
      settings[`${method}.${field.name}`] = read.value;
  }
  return settings;
}
