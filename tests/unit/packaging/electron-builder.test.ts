import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseDigestList } from '../../../src/tools/packaged-digests.ts';
import { packageFolder } from '../../../src/workbench/package-folder.ts';

const root = packageFolder(import.meta.dirname);
const read = (path: string) => readFile(join(root, path), 'utf8');

interface Configuration {
  files: string[];
  asar: boolean;
  asarUnpack: string[];
  beforePack: string;
  directories: { output: string; buildResources: string };
  extraResources: { from: string; to: string }[];
  electronFuses: Record<string, boolean>;
  publish: unknown;
  linux: { target: string[] };
  mac: { target: string[] };
  win: { target: string[] };
}

let configuration: Configuration;
let schema: z.ZodType;

beforeAll(async () => {
  configuration = parse(await read('electron-builder.yml')) as Configuration;
  const file = await readFile(join(import.meta.dirname, 'vendor/electron-builder-26.17.0.schema.json'), 'utf8');
  schema = z.fromJSONSchema(JSON.parse(file) as Parameters<typeof z.fromJSONSchema>[0]);
});

describe('electron-builder.yml', () => {
  it('is valid by the schema of electron-builder itself', () => {
    const checked = schema.safeParse(configuration);
    expect(checked.error?.issues ?? []).toEqual([]);
  });

  // The schema is worth something only if it refuses what is wrong.
  it.each([
    ['an unknown key', { appIdentity: 'x' }],
    ['an unknown fuse', { electronFuses: { runAsNodes: false } }],
    ['a fuse that is no switch', { electronFuses: { runAsNode: 'off' } }],
    ['a resource without a source', { extraResources: [{ form: 'vendor' }] }],
    ['an unknown option of the installer', { nsis: { oneClicks: false } }],
  ])('would be refused with %s', (_what, wrong) =>
    expect(schema.safeParse({ ...configuration, ...wrong }).success).toBe(false),
  );

  it('packages AppImage, deb, dmg and nsis', () => {
    expect(configuration.linux.target).toEqual(['AppImage', 'deb']);
    expect(configuration.mac.target).toEqual(['dmg']);
    expect(configuration.win.target).toEqual(['nsis']);
  });

  it.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['grantFileProtocolExtraPrivileges', false],
    ['onlyLoadAppFromAsar', true],
    ['enableEmbeddedAsarIntegrityValidation', true],
  ])('blows the fuse %s to %s', (fuse, state) => expect(configuration.electronFuses[fuse]).toBe(state));

  it('packages one archive whose integrity is checked', () => {
    expect(configuration.asar).toBe(true);
    expect(configuration).not.toHaveProperty('disableAsarIntegrity');
  });

  it('publishes nothing and has no updater', () => expect(configuration.publish).toBeNull());

  it('puts ffmpeg and ffprobe where the tools are looked for', async () => {
    expect(configuration.extraResources).toEqual([{ from: 'vendor/ffmpeg/${os}-${arch}', to: 'ffmpeg' }]);
    expect(await read('src/tools/locate-tool.ts')).toContain("join(resourcesFolder, 'ffmpeg', file)");
  });

  it('packs the entry that package.json names, the page, and the words', async () => {
    const { main } = JSON.parse(await read('package.json')) as { main: string };
    const packs = (path: string) =>
      configuration.files.some((pattern) => path === pattern || path.startsWith(pattern.replace('**', '')));
    for (const path of [
      main,
      'package.json',
      'dist/renderer/index.html',
      'resources/ffmpeg.sha256',
      'resources/locales',
    ])
      expect(packs(path), path).toBe(true);
  });

  it('leaves shared libraries outside the archive', async () => {
    const { dependencies } = JSON.parse(await read('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies)).toContain('sharp');
    expect(configuration.asarUnpack).toEqual(['node_modules/sharp/**', 'node_modules/@img/**']);
  });

  it('names a hook that is there', async () => {
    const hook = (await import(join(root, configuration.beforePack))) as { default: unknown };
    expect(hook.default).toBeTypeOf('function');
  });
});

describe('the list of packaged programs', () => {
  let folder: string;
  let listPrograms: (root: string, os: string, arch: string) => string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-packaging-'));
    await mkdir(join(folder, 'resources'));
    for (const [system, suffix] of [
      ['linux-x64', ''],
      ['win-x64', '.exe'],
    ] as const) {
      await mkdir(join(folder, 'vendor/ffmpeg', system), { recursive: true });
      for (const name of ['ffmpeg', 'ffprobe'])
        await writeFile(join(folder, 'vendor/ffmpeg', system, name + suffix), `${name} of ${system}`);
    }
    ({ listPrograms } = (await import('../../../packaging/list-programs.mjs')) as {
      listPrograms: typeof listPrograms;
    });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['linux', 'win'])('is written as the start reads it, for %s', async (os) => {
    const list = await readFile(listPrograms(folder, os, 'x64'), 'utf8');
    const read = parseDigestList(list);
    expect([...read.keys()]).toEqual(['ffmpeg', 'ffprobe']);
    const { createHash } = await import('node:crypto');
    expect(read.get('ffmpeg')).toBe(createHash('sha256').update(`ffmpeg of ${os}-x64`).digest('hex'));
  });

  it('is not written where a program is missing', () =>
    expect(() => listPrograms(folder, 'mac', 'arm64')).toThrow(/mac-arm64.*missing.*docs\/packaging\.md/));
});
