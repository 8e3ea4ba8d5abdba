import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What programs said of their version, by the SHA-256 of their file: an executable that has not changed need not be asked again. */
export interface VersionMemory {
  get(sha256: string): Promise<string | undefined>;
  set(sha256: string, version: string): Promise<void>;
}

/** Programs that are remembered; the oldest is forgotten first. */
const most = 16;

/** A memory in a small JSON file of the app's own state. One that cannot be read or written is empty, which only costs time. */
export function versionMemory(path: string): VersionMemory {
  const read = async (): Promise<[string, string][]> => {
    try {
      const stored: unknown = JSON.parse(await readFile(path, 'utf8'));
      return Object.entries(stored ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    } catch {
      return [];
    }
  };
  return {
    get: async (sha256) => (await read()).find(([known]) => known === sha256)?.[1],
    async set(sha256, version) {
      const others = (await read()).filter(([known]) => known !== sha256);
      const text = `${JSON.stringify(Object.fromEntries([...others, [sha256, version]].slice(-most)), null, 2)}\n`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFile(`${path}.${process.pid}`, text);
        await rename(`${path}.${process.pid}`, path);
      } catch {
        // Asked again next time.
      }
    },
  };
}
