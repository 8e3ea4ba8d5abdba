import { openHashLists } from '../bundle/hash-list/hash-lists.ts';
import { openModels } from './models.ts';

/** Reference material of this machine by SHA-256: hash lists and learned models. */
export function referenceMaterial(state: string): (sha256: string) => Promise<Uint8Array | undefined> {
  const lists = openHashLists(state);
  const models = openModels(state);
  return async (sha256) => (await lists.read(sha256)) ?? models.read(sha256);
}
