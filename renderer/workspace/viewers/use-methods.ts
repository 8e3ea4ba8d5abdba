import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { listMethods } from '../../../src/contract/operations.ts';
import { call } from '../../api/call.ts';

type Listed = z.infer<typeof listMethods.output>['methods'][number];

/** One field of a method's JSON Schema, as far as a form needs it. */
export interface ParameterSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

export interface DescribedMethod extends Listed {
  readonly fields: Readonly<Record<string, ParameterSchema>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** The methods as they describe themselves; undefined until they are here. */
export function useMethods(): readonly DescribedMethod[] | undefined {
  return useQuery({
    queryKey: [listMethods.name, {}],
    queryFn: () => call(listMethods, {}),
    select: described,
  }).data;
}

function described({ methods }: z.infer<typeof listMethods.output>): readonly DescribedMethod[] {
  return methods.map((method) => {
    const fields = (method.parameters['properties'] ?? {}) as Record<string, ParameterSchema>;
    const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
    return { ...method, fields, defaults };
  });
}
