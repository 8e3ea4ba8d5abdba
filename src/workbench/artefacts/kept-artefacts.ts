import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artefact, SeriesArtefact, TableArtefact } from '../../base/artefact.ts';
import { AssayError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { readResult } from '../../examination/examine-exhibit.ts';
import { openNpyRows } from './npy-rows.ts';
import { rowsInMemory, type RowSource } from './row-source.ts';
import { openWavRows } from './wav-rows.ts';

/** Cells of a table artefact as its file holds them. */
export type Cell = string | number | boolean | null;

export interface KeptTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

interface Found {
  readonly path: string;
  readonly artefact: Artefact;
}

const keptAtMost = 32;
/** A parsed JSON file above this size is not kept, so that a few long tables cannot fill the memory. */
const largestKeptBytes = 48 * 1024 * 1024;

/** The artefacts of a window's exhibits by their digest; what was opened or parsed last is kept, the oldest let go. */
export class KeptArtefacts {
  readonly #found = new Map<string, Found>();
  readonly #sources = new Map<string, RowSource>();
  readonly #tables = new Map<string, KeptTable>();

  /** Uses the rows of a series artefact. Throws AssayError `unknown-name` where the exhibit has no such series. */
  async withSeries<T>(
    target: Case,
    exhibit: string,
    sha256: string,
    use: (source: RowSource, artefact: SeriesArtefact) => Promise<T>,
  ): Promise<T> {
    const { path, artefact } = await this.#find(target, exhibit, sha256);
    if (artefact.kind !== 'series') throw unknown(sha256);
    const kept = this.#sources.get(path);
    if (kept !== undefined) return use(kept, artefact);
    const source = await openSeries(path, artefact);
    if (source.inMemory) {
      keepNewest(this.#sources, path, source);
      return use(source, artefact);
    }
    // A long file is opened anew each time: nobody has to know when the last one who reads it has ended.
    try {
      return await use(source, artefact);
    } finally {
      await source.close();
    }
  }

  /** A table artefact. Throws AssayError `unknown-name` where the exhibit has no such table. */
  async table(target: Case, exhibit: string, sha256: string): Promise<{ artefact: TableArtefact; table: KeptTable }> {
    const { path, artefact } = await this.#find(target, exhibit, sha256);
    if (artefact.kind !== 'table') throw unknown(sha256);
    const kept = this.#tables.get(path);
    const table = kept ?? (JSON.parse(await readFile(path, 'utf8')) as KeptTable);
    if (artefact.sizeBytes <= largestKeptBytes) keepNewest(this.#tables, path, table);
    return { artefact, table };
  }

  async #find(target: Case, exhibit: string, sha256: string): Promise<Found> {
    // SECURITY: the exhibit's number becomes part of a path only after the case has vouched for it.
    const folder = target.layout.examinations(target.exhibit(exhibit).id);
    const known = this.#found.get(`${folder} ${sha256}`);
    if (known !== undefined) return known;
    const keys = (await readdir(folder).catch(() => [])).filter((key) => /^[0-9a-f]{64}$/.test(key));
    for (const key of keys) {
      const artefact = (await readResult(join(folder, key)))?.artefacts.find((one) => one.sha256 === sha256);
      if (artefact === undefined) continue;
      const found = { path: join(folder, key, artefact.file), artefact };
      this.#found.set(`${folder} ${sha256}`, found);
      return found;
    }
    throw unknown(sha256);
  }
}

function unknown(sha256: string): AssayError<'unknown-name'> {
  return new AssayError('unknown-name', { kind: 'artefact', name: sha256, known: '' });
}

async function openSeries(path: string, artefact: SeriesArtefact): Promise<RowSource> {
  const columns = artefact.columns.map(({ id }) => id);
  if (artefact.mediaType === 'application/x-npy') return openNpyRows(path, columns);
  if (artefact.mediaType === 'audio/wav') return openWavRows(path, Number(artefact.details['startMs'] ?? 0));
  const kept = JSON.parse(await readFile(path, 'utf8')) as { columns: Readonly<Record<string, (number | null)[]>> };
  return rowsInMemory(
    columns,
    columns.map((id) => kept.columns[id] ?? []),
  );
}

/** Keeps a value as the newest; the one that was used longest ago goes. */
function keepNewest<T>(kept: Map<string, T>, name: string, value: T): void {
  kept.delete(name);
  kept.set(name, value);
  const [oldest] = kept.keys();
  if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
}
