import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Catalogue, Catalogues } from '../base/text.ts';

/** The language that every text exists in. */
export const baseLanguage = 'en';

/**
 * Reads `<resources>/locales/<language>/**.json` and those of English, from which missing texts are taken. A file's
 * namespace is its path without the extension: `report`, `methods/ela`. A language without a folder is simply not there.
 * Throws `defect` for a locale file that is not JSON.
 */
export async function loadCatalogues(resourcesFolder: string, language: string): Promise<Catalogues> {
  const languages = [...new Set([baseLanguage, language])].filter((tag) => /^[A-Za-z0-9-]+$/.test(tag));
  const entries = languages.map(
    async (tag) => [tag, await loadLanguage(join(resourcesFolder, 'locales', tag))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function loadLanguage(folder: string): Promise<Record<string, Catalogue>> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const entries = files.map(async (name) => {
    const path = join(folder, name);
    return [name.slice(0, -'.json'.length).split(sep).join('/'), await readCatalogue(path)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function readCatalogue(path: string): Promise<Catalogue> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Catalogue;
  } catch (cause) {
    throw new AssayError('defect', { what: `the texts in ${path} cannot be read` }, { cause });
  }
}
