import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepArtefactsIn } from '../../../src/examination/artefact-keeper.ts';
import type { NewArtefact } from '../../../src/methods/method.ts';

const table = (name: string): NewArtefact => ({
  kind: 'table',
  name,
  title: 'rows',
  mediaType: 'application/json',
  columns: [{ id: 'a', unit: '1' }],
  rows: 1,
});
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('keepArtefactsIn', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-keep-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('names a file by the SHA-256 of its bytes', async () => {
    const keeper = keepArtefactsIn(folder);
    const bytes = Buffer.from('{"columns":["a"],"rows":[[1]]}');
    const artefact = await keeper.keep(table('one'), bytes);
    expect(artefact.file).toBe(`${sha256(bytes)}.json`);
    expect(artefact.sizeBytes).toBe(bytes.length);
    expect(await readFile(join(folder, artefact.file))).toEqual(bytes);
  });

  it('hashes a streamed artefact after its head was rewritten', async () => {
    const keeper = keepArtefactsIn(folder);
    const stream = await keeper.keepStream('json', { headLater: true });
    await stream.write(Buffer.from('....'));
    await stream.write(Buffer.from('body'));
    const artefact = await stream.finish(table('streamed'), { head: Buffer.from('HEAD') });
    expect(await readFile(join(folder, artefact.file), 'utf8')).toBe('HEADbody');
    expect(artefact.sha256).toBe(sha256(Buffer.from('HEADbody')));
    expect(await readdir(folder)).toEqual([artefact.file]);
  });

  it('hashes a streamed artefact as it is written, and refuses a head that comes after all', async () => {
    const keeper = keepArtefactsIn(folder);
    const stream = await keeper.keepStream('json');
    await stream.write(Buffer.from('{"a":'));
    await stream.write(Buffer.from('1}'));
    expect((await stream.finish(table('whole'))).sha256).toBe(sha256(Buffer.from('{"a":1}')));
    const late = await keeper.keepStream('json');
    await late.write(Buffer.from('....'));
    await expect(late.finish(table('late'), { head: Buffer.from('HEAD') })).rejects.toThrow('late head');
  });

  it('leaves nothing of a stream that is discarded', async () => {
    const stream = await keepArtefactsIn(folder).keepStream('wav');
    await stream.write(Buffer.from('half'));
    await stream.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lists artefacts by name, whatever the order in which they came', async () => {
    const keeper = keepArtefactsIn(folder);
    await keeper.keep(table('b'), Buffer.from('b'));
    await keeper.keep(table('a'), Buffer.from('a'));
    expect(keeper.artefacts().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('refuses a second artefact of the same name', async () => {
    const keeper = keepArtefactsIn(folder);
    await keeper.keep(table('same'), Buffer.from('1'));
    await expect(keeper.keep(table('same'), Buffer.from('2'))).rejects.toThrow('two artefacts named same');
  });
});
