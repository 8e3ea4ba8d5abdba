import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModels } from '../../../src/workbench/models.ts';
import { tinyModel, writeTinyModel } from '../../support/tiny-model.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-models-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('models of this machine', () => {
  it('are kept by digest, given back by digest, and forgotten by its beginning', async () => {
    const models = openModels(join(folder, 'state'));
    expect(await models.list()).toEqual([]);
    const added = await models.add(await writeTinyModel(join(folder, 'tiny')));
    expect(await models.list()).toEqual([added]);
    expect(await models.read(added.card.sha256)).toEqual(Buffer.from(tinyModel()));
    expect(new TextDecoder().decode(await models.read(added.digest))).toContain('"Tiny"');
    expect(await models.read('0'.repeat(64))).toBeUndefined();
    await expect(models.remove('deadbeef')).rejects.toMatchObject({ code: 'unknown-name' });
    await models.remove(added.digest.slice(0, 8));
    expect(await models.list()).toEqual([]);
    expect(await readdir(join(folder, 'state/models'))).toEqual([]);
  });

  it('that were changed since give nothing', async () => {
    const models = openModels(join(folder, 'changed'));
    const { digest, card } = await models.add(await writeTinyModel(join(folder, 'tiny')));
    await appendFile(join(folder, 'changed/models', digest, card.file), 'x');
    expect(await models.read(card.sha256)).toBeUndefined();
    await appendFile(join(folder, 'changed/models', digest, 'model.json'), ' ');
    expect(await models.list()).toEqual([]);
  });

  it.each([
    ['without a card', async (path: string) => rm(join(path, 'model.json'))],
    ['whose card is no JSON', async (path: string) => writeFile(join(path, 'model.json'), '{')],
    ['whose file is another', async (path: string) => appendFile(join(path, 'tiny.onnx'), 'x')],
    ['without the words about it', async (path: string) => rm(join(path, 'card.txt'))],
  ])('%s are not taken', async (name, spoil) => {
    const path = await writeTinyModel(join(folder, name));
    await spoil(path);
    await expect(openModels(join(folder, 'none')).add(path)).rejects.toMatchObject({ code: 'model-unusable' });
  });

  it('whose names lead out of their folder are not taken', async () => {
    for (const file of ['../x.onnx', 'model.json', 'card.txt'])
      await expect(
        openModels(join(folder, 'none')).add(await writeTinyModel(join(folder, 'out'), { file })),
      ).rejects.toMatchObject({ code: 'model-unusable' });
  });
});
