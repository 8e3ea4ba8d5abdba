import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { imageLibrary } from './image-library.ts';

/** A codec library as it is on this machine: part of what fixes a result. */
export interface LibraryIdentity {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

const require = createRequire(import.meta.url);

/** Libraries inside libvips whose version can change a decoded sample or an encoded one. */
const codecs = ['vips', 'mozjpeg', 'png', 'webp', 'tiff', 'heif', 'aom', 'cgif', 'lcms', 'zlib-ng'] as const;

/**
 * The image library: version of sharp with the codecs that it carries, and the SHA-256 of the native library that holds
 * them (libvips; the binding itself where libvips is not a file of its own).
 */
export async function sharpIdentity(): Promise<{ name: 'sharp'; version: string; sha256: string }> {
  const library = await nativeLibrary();
  const versions = (await versionsBeside(library)) ?? (await imageLibrary()).versions;
  const parts = codecs.flatMap((codec) => (versions[codec] === undefined ? [] : [`${codec} ${versions[codec]}`]));
  const { version } = await readObject(join(sharpFolder(), 'package.json'));
  return {
    name: 'sharp',
    version: `${version ?? 'unknown'} (${parts.join(', ')})`,
    sha256: await sha256OfFile(library),
  };
}

/** What sharp itself reads its versions from, without loading it; undefined where libvips came another way. */
async function versionsBeside(library: string): Promise<Readonly<Record<string, string | undefined>> | undefined> {
  try {
    return await readObject(join(dirname(dirname(library)), 'versions.json'));
  } catch {
    return undefined;
  }
}

/** The EXIF library: version and SHA-256 of the one file that is loaded. */
export async function exifrIdentity(): Promise<{ name: 'exifr'; version: string; sha256: string }> {
  const loaded = require.resolve('exifr');
  const { version } = await readObject(join(dirname(loaded), '../package.json'));
  return { name: 'exifr', version: version ?? 'unknown', sha256: await sha256OfFile(loaded) };
}

async function readObject(path: string): Promise<Readonly<Record<string, string | undefined>>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, string | undefined>;
}

/** Path of libvips, else of the binding, in the package of this platform. Throws where there is neither. */
async function nativeLibrary(): Promise<string> {
  const found: string[] = [];
  for (const folder of packageFolders()) {
    for (const name of (await entries(folder)).filter(isForThisMachine)) {
      const lib = join(folder, name, 'lib');
      for (const file of await entries(lib)) {
        if (/^libvips-cpp\b.*\.(?:so|dylib)\b|^libvips-.*\.dll$|\.node$|\.wasm$/.test(file))
          found.push(join(lib, file));
      }
    }
    if (found.length > 0) break;
  }
  const rank = (path: string): number => (/libvips-cpp|libvips-\d/.test(path) ? 0 : 1);
  const first = found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0];
  if (first === undefined) throw new Error('no native library of sharp for this machine');
  return first;
}

/** Where npm may have put sharp's platform packages: inside sharp's own folder or beside it. */
function packageFolders(): string[] {
  const folder = sharpFolder();
  return [join(folder, 'node_modules/@img'), join(folder, '../@img')];
}

function sharpFolder(): string {
  let folder = dirname(require.resolve('sharp'));
  while (basename(folder) !== 'sharp' && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isForThisMachine(name: string): boolean {
  return name.startsWith('sharp') && (name.endsWith(`-${process.platform}-${process.arch}`) || isMusl(name));
}

function isMusl(name: string): boolean {
  return process.platform === 'linux' && name.endsWith(`-linuxmusl-${process.arch}`);
}

async function entries(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
