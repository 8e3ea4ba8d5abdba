/** Runs once before all tests: builds what worker threads and the command line run, and pins what must not matter. */
export default async function setup(): Promise<void> {
  process.env['TZ'] ??= 'Asia/Almaty';
  const { ensureBuilt } = (await import('../scripts/build.mjs' as string)) as {
    ensureBuilt(part: string): Promise<boolean>;
  };
  for (const part of ['engine', 'renderer'])
    await ensureBuilt(part).catch((error: unknown) => console.warn(`${part} not buildable yet:`, error));
}
