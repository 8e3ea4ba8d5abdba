import { dirname } from 'node:path';
import type { Case } from '../case/case.ts';
import { openExhibitMedia } from '../media/open-exhibit-media.ts';
import type { ExhibitMedia } from '../media/exhibit-media.ts';
import type { Engine } from './engine.ts';

/** Exhibits' content that a window looks at, opened once each and kept while the case is. */
export class OpenMedia {
  readonly #engine: Engine;
  readonly #open = new Map<string, Promise<ExhibitMedia>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The content of one exhibit; probing and indexing are done once for all who ask. */
  async of(target: Case, exhibitId: string): Promise<ExhibitMedia> {
    const record = target.exhibit(exhibitId);
    const key = `${target.folder} ${exhibitId}`;
    const known =
      this.#open.get(key) ??
      openExhibitMedia({
        folder: dirname(target.originalPath(exhibitId)),
        fileName: record.fileName,
        originalName: record.name,
        sha256: record.sha256,
        toolbox: this.#engine.toolbox,
      });
    this.#open.set(key, known);
    known.catch(() => this.#open.delete(key));
    return known;
  }

  /** Closes what belongs to a case's folder, or everything where none is named. */
  async close(folder?: string): Promise<void> {
    for (const [key, media] of [...this.#open]) {
      if (folder !== undefined && !key.startsWith(`${folder} `)) continue;
      this.#open.delete(key);
      await (await media.catch(() => undefined))?.close();
    }
  }
}
