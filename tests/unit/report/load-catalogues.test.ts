import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-locales-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, 'locales', name, '..'), { recursive: true });
    await writeFile(join(folder, 'locales', name), content);
  }
  return folder;
}

describe('loadCatalogues', () => {
  it('names each file by its path below the language', async () => {
    const folder = await folderWith({
      'en/report.json': '{"a":"A"}',
      'en/methods/ela.json': '{"title":"ELA"}',
      'ru/report.json': '{"a":"А"}',
      'kk/report.json': '{}',
    });
    expect(await loadCatalogues(folder, 'ru')).toEqual({
      en: { report: { a: 'A' }, 'methods/ela': { title: 'ELA' } },
      ru: { report: { a: 'А' } },
    });
  });

  it('has English alone for a language that is not there, or is a path', async () => {
    const folder = await folderWith({ 'en/report.json': '{}' });
    expect(Object.keys(await loadCatalogues(folder, 'tg'))).toEqual(['en', 'tg']);
    expect(Object.keys(await loadCatalogues(folder, '../../etc'))).toEqual(['en']);
  });

  it('says which file is not JSON', async () => {
    const folder = await folderWith({ 'en/report.json': '{' });
    await expect(loadCatalogues(folder, 'en')).rejects.toMatchObject({ code: 'defect' });
  });
});
