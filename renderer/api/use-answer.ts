import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Operation } from '../../src/contract/operation.ts';
import { call, type WithPassphrase } from './call.ts';

/** The engine's answer to a short operation, kept under `[operation, input]`. An input of null asks for nothing yet. */
export function useAnswer<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  input: z.input<I> | null,
): UseQueryResult<z.infer<O>> {
  return useQuery({
    queryKey: [operation.name, input],
    queryFn: ({ signal }) => call(operation, input as z.input<I> & WithPassphrase, signal),
    enabled: input !== null,
  });
}
