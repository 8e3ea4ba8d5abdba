import type { z } from 'zod';

/**
 * One thing that a window or the command line can ask for: its name, and the schemas of what goes in and comes out.
 * `--json` prints the output of the operation behind a command as it is.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: I;
  readonly output: O;
  /** Long work: a window starts it, watches it and may cancel it. */
  readonly job: boolean;
}

export function defineOperation<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  shape: { input: I; output: O; job?: boolean },
): Operation<I, O> {
  return { name, input: shape.input, output: shape.output, job: shape.job ?? false };
}
