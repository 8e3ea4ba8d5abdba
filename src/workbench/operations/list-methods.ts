import { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { listMethods } from '../../contract/operations.ts';
import { chosenMethodIds } from '../../examination/chosen-methods.ts';
import { profiles } from '../../examination/profiles.ts';
import { loadMethod, methodIds } from '../../methods/registry.ts';

/** Answers `method.list`: every method with its parameters as JSON Schema, and the profiles. */
export async function listMethodsOperation(): Promise<z.infer<typeof listMethods.output>> {
  const lists = Object.fromEntries(
    Object.keys(profiles).map((name) => [name, [...chosenMethodIds({ profile: name })]] as const),
  );
  const methods = await Promise.all(
    methodIds.map(async (id) => {
      const method = await loadMethod(id);
      if (method === undefined) throw new AssayError('defect', { what: `method ${id} does not load` });
      return {
        id,
        version: method.version,
        programs: [...method.programs],
        profiles: Object.keys(lists).filter((name) => lists[name]?.includes(id)),
        parameters: z.toJSONSchema(method.params, { io: 'input' }),
        references: method.references.map((reference) => ({ ...reference })),
        limits: [...method.limits],
        lens:
          method.lens === undefined
            ? null
            : { parameters: [...method.lens.parameters], gainParameter: method.lens.gainParameter ?? null },
      };
    }),
  );
  return { methods, profiles: Object.fromEntries(Object.entries(lists).map(([name, ids]) => [name, [...ids]])) };
}
