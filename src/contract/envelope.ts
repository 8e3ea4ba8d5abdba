import { z } from 'zod';

/** An error as it crosses the contract: errors travel as values, since workers and IPC drop an error's own fields. */
export const ErrorEnvelope = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({ code: z.string(), details: z.record(z.string(), z.unknown()) }),
});

/** What every `POST /api/<operation>` answers. */
export function envelope<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), data }), ErrorEnvelope]);
}
