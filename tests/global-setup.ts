import { ensureBuilt } from '../scripts/build.mjs';

/** Runs once before all tests: builds what worker threads, the command line and windows run, and pins what must not matter. */
export default async function setup(): Promise<void> {
  process.env['TZ'] ??= 'Asia/Almaty';
  for (const part of ['engine', 'renderer'] as const) await ensureBuilt(part);
}
