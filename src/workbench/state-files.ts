import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../case/durable-file.ts';

/** A case that was opened on this machine. */
export const RecentCase = z.strictObject({ folder: z.string(), title: z.string(), openedAt: z.iso.datetime() });
export type RecentCase = z.infer<typeof RecentCase>;

const longestList = 20;

/** Small JSON files of the app's own state. What cannot be read counts as not there: it is never more than convenience. */
export function stateFiles(state: string) {
  const recentPath = join(state, 'recent-cases.json');
  const settingsPath = join(state, 'settings.json');
  const write = async (path: string, value: unknown): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
  };
  return {
    recent: async (): Promise<readonly RecentCase[]> => (await readAs(recentPath, z.array(RecentCase))) ?? [],
    async remember(opened: RecentCase): Promise<void> {
      const others = (await this.recent()).filter(({ folder }) => folder !== opened.folder);
      await write(recentPath, [opened, ...others].slice(0, longestList));
    },
    async forget(folder: string): Promise<void> {
      await write(
        recentPath,
        (await this.recent()).filter((known) => known.folder !== folder),
      );
    },
    settings: async (): Promise<Record<string, unknown>> =>
      (await readAs(settingsPath, z.record(z.string(), z.unknown()))) ?? {},
    saveSettings: (settings: Record<string, unknown>) => write(settingsPath, settings),
  };
}

async function readAs<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
