import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { largestCardBytes, largestModelBytes, ModelCard } from '../base/model-card.ts';
import { writeFileAtomically } from '../case/durable-file.ts';
import type { RegisteredModel } from '../contract/model-operations.ts';

/** Learned models of this machine: a folder each, named by the SHA-256 of its card, in the app's own state. */
export interface Models {
  /** Throws `model-unusable`, `file-not-writable`. */
  add(folder: string): Promise<RegisteredModel>;
  list(): Promise<readonly RegisteredModel[]>;
  /** Throws `unknown-name`. */
  remove(digest: string): Promise<RegisteredModel>;
  /** Bytes of a card or of a model's ONNX file by SHA-256; undefined where it is not here, or not what its name says. */
  read(sha256: string): Promise<Uint8Array | undefined>;
}

export function openModels(state: string): Models {
  const root = join(state, 'models');

  const list = async (): Promise<RegisteredModel[]> => {
    const names = await readdir(root).catch(() => []);
    const all = await Promise.all(names.sort().map((digest) => readRegistered(join(root, digest), digest)));
    return all.filter((model) => model !== undefined);
  };

  return {
    list,
    async add(folder) {
      const { cardBytes, card, model, words } = await readFolder(folder);
      const digest = sha256(cardBytes);
      const target = join(root, digest);
      await mkdir(target, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(target, card.file), model);
      await writeFileAtomically(join(target, card.card), words);
      // The card comes last: a folder with a card is whole.
      await writeFileAtomically(join(target, 'model.json'), cardBytes);
      return { digest, card, sizeBytes: model.length };
    },
    async remove(digest) {
      const models = await list();
      const fitting = models.filter((model) => model.digest.startsWith(digest.toLowerCase()));
      const [found] = fitting;
      if (found === undefined || fitting.length > 1)
        throw new AssayError('unknown-name', {
          kind: 'model',
          name: digest,
          known: models.map(({ card, digest: known }) => `${card.name} ${known.slice(0, 16)}`).join(', '),
        });
      await rm(join(root, found.digest), { recursive: true });
      return found;
    },
    async read(wanted) {
      for (const { digest, card } of await list()) {
        const name = digest === wanted ? 'model.json' : card.sha256 === wanted ? card.file : undefined;
        if (name === undefined) continue;
        const bytes = await readFile(join(root, digest, name)).catch(() => undefined);
        // FORENSIC: a result names the model by its digest, so nothing else may stand in for it.
        if (bytes !== undefined && sha256(bytes) === wanted) return bytes;
      }
      return undefined;
    },
  };
}

async function readRegistered(folder: string, digest: string): Promise<RegisteredModel | undefined> {
  try {
    const cardBytes = await readFile(join(folder, 'model.json'));
    if (sha256(cardBytes) !== digest) return undefined;
    const card = ModelCard.parse(JSON.parse(cardBytes.toString('utf8')));
    return { digest, card, sizeBytes: (await stat(join(folder, card.file))).size };
  } catch {
    return undefined;
  }
}

async function readFolder(folder: string): Promise<{
  readonly cardBytes: Uint8Array;
  readonly card: ModelCard;
  readonly model: Uint8Array;
  readonly words: Uint8Array;
}> {
  const refuse = (reason: string): AssayError => new AssayError('model-unusable', { path: folder, reason });
  const bounded = async (name: string, most: number): Promise<Uint8Array> => {
    const path = join(folder, name);
    const size = await stat(path).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    );
    if (size === undefined) throw refuse(`${name} is missing`);
    if (size > most) throw refuse(`${name} is larger than ${Math.round(most / 2 ** 20)} MiB`);
    return readFile(path);
  };
  const cardBytes = await bounded('model.json', largestCardBytes);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(cardBytes));
  } catch {
    throw refuse('model.json is not JSON');
  }
  const parsed = ModelCard.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`model.json, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const card = parsed.data;
  if (
    [card.file, card.card].some((name) => name !== basename(name) || name === 'model.json') ||
    card.file === card.card
  )
    throw refuse('its files need names of their own');
  const model = await bounded(card.file, largestModelBytes);
  if (sha256(model) !== card.sha256) throw refuse(`${card.file} has another SHA-256 than model.json says`);
  return { cardBytes, card, model, words: await bounded(card.card, largestCardBytes) };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
