import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { caseFiles } from '../../case/case-layout.ts';
import type { listFiles } from '../../contract/window-operations.ts';

type Listing = z.infer<typeof listFiles.output>;
type Entry = Listing['entries'][number];

/** More than anybody scrolls through; a folder with more is searched with the system's own tools. */
const mostEntries = 5000;

const kinds: Readonly<Record<string, Entry['mediaType']>> = Object.fromEntries([
  ...['mp4', 'mov', 'm4v', '3gp', 'mkv', 'webm', 'avi', 'mts', 'm2ts', 'ts', 'mpg', 'mpeg', 'wmv', 'flv', 'ogv'].map(
    (ext) => [ext, 'video'] as const,
  ),
  ...['jpg', 'jpeg', 'png', 'webp', 'heic', 'heif', 'avif', 'gif', 'bmp', 'tif', 'tiff', 'dng'].map(
    (ext) => [ext, 'picture'] as const,
  ),
  ...['wav', 'mp3', 'm4a', 'aac', 'flac', 'ogg', 'opus', 'amr', 'wma', 'aiff'].map((ext) => [ext, 'sound'] as const),
]);

/** Answers `files.list`: a folder's entries, folders first, or the places to start from. Nothing is opened. */
export async function listFilesOperation(input: z.infer<typeof listFiles.input>): Promise<Listing> {
  if (input.path === undefined) return startPlaces();
  const path = resolve(input.path);
  const parent = dirname(path) === path ? null : dirname(path);
  try {
    const names = await readdir(path, { withFileTypes: true });
    const shown = names.slice(0, mostEntries);
    const entries = await Promise.all(shown.map(({ name }) => describe(join(path, name), name)));
    return { path, parent, entries: entries.sort(byKindAndName), truncated: names.length > mostEntries, error: null };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { path, parent, entries: [], truncated: false, error: reason };
  }
}

/** The person's home and what is mounted for people: sticks, cards, discs. */
async function startPlaces(): Promise<Listing> {
  const mounts = ['/media', '/run/media', '/mnt', '/Volumes'];
  const places = [homedir()];
  for (const mount of mounts)
    for (const name of await readdir(mount).catch(() => [])) {
      const place = join(mount, name);
      // `/media/<user>/<stick>`: the sticks are what is meant.
      const inside = mount === '/media' || mount === '/run/media' ? await readdir(place).catch(() => []) : [];
      places.push(place, ...inside.map((stick) => join(place, stick)));
    }
  const entries = await Promise.all([...new Set(places)].map((place) => describe(place, place)));
  return {
    path: null,
    parent: null,
    entries: entries.filter(({ kind }) => kind === 'folder'),
    truncated: false,
    error: null,
  };
}

async function describe(path: string, name: string): Promise<Entry> {
  try {
    const stats = await stat(path);
    const kind = stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
    const isCase = kind === 'folder' && (await isThere(join(path, caseFiles.record)));
    return {
      name,
      path,
      kind,
      sizeBytes: kind === 'file' ? stats.size : null,
      modifiedAt: stats.mtime.toISOString(),
      mediaType: isCase ? 'case' : (kinds[extname(name).slice(1).toLowerCase()] ?? 'other'),
    };
  } catch {
    return { name, path, kind: 'other', sizeBytes: null, modifiedAt: null, mediaType: 'other' };
  }
}

function byKindAndName(a: Entry, b: Entry): number {
  const rank = ({ kind }: Entry): number => (kind === 'folder' ? 0 : 1);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
