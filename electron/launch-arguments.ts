import { parseArgs } from 'node:util';

/**
 * The case that the app was started on, if one: `--open <case>`, or the first path, as a file manager passes it. What is
 * Chromium's own business is passed over.
 */
export function caseToOpen(argv: readonly string[], isPackaged: boolean): string | undefined {
  // Unpackaged, the app's folder stands before the app's own arguments.
  const { values, positionals } = parseArgs({
    args: [...argv.slice(1)],
    options: { open: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  if (typeof values.open === 'string') return values.open;
  return positionals[isPackaged ? 0 : 1];
}
