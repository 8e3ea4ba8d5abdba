import { createHash } from 'node:crypto';
import { open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Artefact } from '../base/artefact.ts';
import { AssayError } from '../base/errors.ts';
import type { MethodContext, NewArtefact } from '../methods/method.ts';

const extensions: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/x-npy': 'npy',
  'application/octet-stream': 'bin',
  'audio/wav': 'wav',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/csv': 'csv',
};

export interface ArtefactKeeper {
  readonly keep: MethodContext['keep'];
  readonly keepStream: MethodContext['keepStream'];
  /** What was kept so far, ordered by name. */
  artefacts(): Artefact[];
}

/**
 * Stores artefacts of one examination in a folder, each in a file named by its SHA-256. Names within the examination
 * are unique; a second artefact of the same name is a defect of the method.
 */
export function keepArtefactsIn(folder: string): ArtefactKeeper {
  const kept = new Map<string, Artefact>();
  let streams = 0;

  const admit = (
    artefact: NewArtefact,
    stored: { sha256: string; sizeBytes: number; file: string },
    details: Record<string, string | number> = {},
  ): Artefact => {
    if (kept.has(artefact.name)) throw new AssayError('defect', { what: `two artefacts named ${artefact.name}` });
    const complete = Artefact.parse({ ...artefact, ...stored, details });
    kept.set(complete.name, complete);
    return complete;
  };

  return {
    async keep(artefact, bytes, details) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file = `${sha256}.${extensions[artefact.mediaType] ?? 'bin'}`;
      await writeFile(join(folder, file), bytes);
      return admit(artefact, { sha256, sizeBytes: bytes.length, file }, details);
    },

    async keepStream(extension, { headLater = false } = {}) {
      const unnamed = join(folder, `stream-${String(streams++)}.part`);
      const handle = await open(unnamed, 'w+');
      let sizeBytes = 0;
      const written = createHash('sha256');
      return {
        async write(bytes) {
          await handle.write(bytes);
          if (!headLater) written.update(bytes);
          sizeBytes += bytes.length;
        },
        async finish(artefact, options = {}) {
          try {
            if (options.head && !headLater) throw new AssayError('defect', { what: `a late head of ${artefact.name}` });
            if (options.head) await handle.write(options.head, 0, options.head.length, 0);
            const sha256 = headLater ? await sha256OfHandle(handle, sizeBytes) : written.digest('hex');
            const file = `${sha256}.${extension}`;
            await rename(unnamed, join(folder, file));
            return admit(artefact, { sha256, sizeBytes, file }, options.details);
          } finally {
            await handle.close();
          }
        },
        async discard() {
          await handle.close();
          await rm(unnamed, { force: true });
        },
      };
    },

    artefacts: () => [...kept.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

async function sha256OfHandle(handle: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(1 << 20);
  for (let offset = 0; offset < sizeBytes;) {
    const { bytesRead } = await handle.read(block, 0, block.length, offset);
    if (bytesRead === 0) break;
    hash.update(block.subarray(0, bytesRead));
    offset += bytesRead;
  }
  return hash.digest('hex');
}
