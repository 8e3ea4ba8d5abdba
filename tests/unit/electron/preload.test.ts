import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { nativeWindowName } from '../../../src/contract/native.ts';
import { packageFolder } from '../../../src/workbench/package-folder.ts';

const root = packageFolder(import.meta.dirname);
const built = join(root, 'dist/electron');

beforeAll(async () => {
  await ensureBuilt('electron');
});

async function runPreload() {
  const asked: string[] = [];
  const exposed = new Map<string, Record<string, (...args: unknown[]) => unknown>>();
  const sent: unknown[][] = [];
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, what: Record<string, () => unknown>) => void exposed.set(name, what),
    },
    ipcRenderer: { invoke: (...message: unknown[]) => Promise.resolve(void sent.push(message)) },
    webUtils: { getPathForFile: (file: { name: string }) => `/disk/${file.name}` },
  };
  runInNewContext(await readFile(join(built, 'preload.cjs'), 'utf8'), {
    require: (name: string) => {
      asked.push(name);
      return electron;
    },
  });
  return { asked, exposed, sent };
}

describe('the built preload', () => {
  it('is one CommonJS file that needs nothing but Electron', async () => {
    expect((await readdir(built)).filter((name) => name.startsWith('preload'))).toEqual(['preload.cjs']);
    expect((await runPreload()).asked).toEqual(['electron']);
  });

  it('puts exactly two functions on the page', async () => {
    const { exposed } = await runPreload();
    expect([...exposed.keys()]).toEqual([nativeWindowName]);
    const native = exposed.get(nativeWindowName)!;
    expect(Object.entries(native).map(([name, value]) => [name, typeof value])).toEqual([
      ['pathOfFile', 'function'],
      ['choosePaths', 'function'],
    ]);
  });

  it('tells the path of a dropped file, and asks for a dialog by the one message there is', async () => {
    const { exposed, sent } = await runPreload();
    const native = exposed.get(nativeWindowName)!;
    expect(native['pathOfFile']?.({ name: 'a.mp4' })).toBe('/disk/a.mp4');
    await native['choosePaths']?.({ kind: 'files', title: 'x' });
    expect(sent).toEqual([['assay:choose-paths', { kind: 'files', title: 'x' }]]);
  });
});

describe('the Electron side as a whole', () => {
  // SECURITY: what is never named can never be called.
  it.each(['openExternal', 'openPath', 'crashReporter', 'webFrame', 'loadFile', 'executeJavaScript', 'autoUpdater'])(
    'never names %s',
    async (name) => {
      const sources = (await readdir(join(root, 'electron'))).filter((file) => file.endsWith('.ts'));
      expect(sources).toContain('main.ts');
      for (const file of sources)
        expect(await readFile(join(root, 'electron', file), 'utf8'), file).not.toContain(name);
    },
  );
});
