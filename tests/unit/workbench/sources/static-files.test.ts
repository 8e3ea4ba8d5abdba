import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, staticFiles } from '../../../../src/workbench/sources/static-files.ts';

describe('staticFiles', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-static-'));
    await mkdir(join(folder, 'app'));
    await writeFile(join(folder, 'app/index.html'), '<p>page</p>');
    await writeFile(join(folder, 'app/notes.txt'), 'not served');
    await writeFile(join(folder, 'secret.html'), 'secret');
    await mkdir(join(folder, 'app-secret'));
    await writeFile(join(folder, 'app-secret/index.html'), 'secret');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const get = (path: string) => {
    const url = new URL('assay://app/');
    url.pathname = path;
    return staticFiles(join(folder, 'app'))(url, new Request('assay://app/'));
  };

  it('serves the page at the root with the policy that keeps everything else out', async () => {
    const response = await get('/');
    expect(await response?.text()).toBe('<p>page</p>');
    expect(response?.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).not.toMatch(/script-src[^;]*unsafe|https?:/);
  });

  it.each([
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/app-secret/index.html',
    '/index.html%00.html',
    '/notes.txt',
    '/none.html',
  ])('does not serve %s', async (path) => {
    expect(await get(path)).toBeUndefined();
  });
});
