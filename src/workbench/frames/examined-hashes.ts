import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KnownDigests } from '../../case/known-digests.ts';
import { intactExaminations } from '../../case/record-examination.ts';
import type { Case } from '../../case/case.ts';
import { readResult } from '../../examination/examine-exhibit.ts';
import type { ExaminationResult } from '../../examination/result.ts';

/** Hashes of the decoded frames of one stream as the `frames` examination kept them. */
export interface ExaminedHashes {
  /** By frame number; where the decode gave fewer frames than there are packets, numbers and times tell which. */
  readonly times: readonly (number | null)[];
  readonly hashes: readonly string[];
}

const HashTable = z.object({ rows: z.array(z.tuple([z.number(), z.number().nullable(), z.string()])) });

/** Examined hashes of the exhibits that a window looks at, read again only when the case's log has grown. */
export class ExaminedHashFiles {
  readonly #digests: KnownDigests;
  readonly #kept = new Map<
    string,
    { readonly entries: number; readonly hashes: Promise<ExaminedHashes | undefined> }
  >();
  readonly #latest = new Map<string, ExaminedHashes>();

  constructor(digests: KnownDigests) {
    this.#digests = digests;
  }

  /**
   * The frame hashes of the exhibit's intact `frames` examination, where one hashed with murmur3 (what a viewer's frames
   * come with); undefined where there is none.
   */
  of(target: Case, exhibit: string, stream: number): Promise<ExaminedHashes | undefined> {
    const name = `${target.folder} ${exhibit} ${stream}`;
    const entries = target.custody.entries().length;
    const known = this.#kept.get(name);
    if (known?.entries === entries) return known.hashes;
    const hashes = readExaminedHashes(target, exhibit, stream, this.#digests);
    this.#kept.set(name, { entries, hashes });
    hashes.then(
      (read) => {
        if (this.#kept.get(name)?.hashes !== hashes) return;
        if (read === undefined) this.#latest.delete(name);
        else this.#latest.set(name, read);
      },
      () => this.#kept.delete(name),
    );
    return hashes;
  }

  /** Those that were read last, without waiting; `owner` is the case's folder and the exhibit, with a blank between. */
  latest(owner: string, stream: number): ExaminedHashes | undefined {
    return this.#latest.get(`${owner} ${stream}`);
  }

  /** Lets go what belongs to a case. */
  close(namePrefix: string): void {
    for (const kept of [this.#kept, this.#latest])
      for (const name of [...kept.keys()]) if (name.startsWith(namePrefix)) kept.delete(name);
  }
}

async function readExaminedHashes(
  target: Case,
  exhibit: string,
  stream: number,
  digests: KnownDigests,
): Promise<ExaminedHashes | undefined> {
  const folder = target.layout.examinations(exhibit);
  for (const key of [...(await intactExaminations(target, exhibit, digests.of))].sort()) {
    const result = await readResult(join(folder, key));
    const artefact = result === undefined ? undefined : hashTable(result, stream);
    if (artefact !== undefined) return readTable(join(folder, key, artefact.file));
  }
  return undefined;
}

function hashTable(result: ExaminationResult, stream: number) {
  if (result.method.id !== 'frames') return undefined;
  const artefact = result.artefacts.find(({ name }) => name === `frame-hashes-${stream}`);
  return artefact?.details['algorithm'] === 'murmur3' ? artefact : undefined;
}

async function readTable(path: string): Promise<ExaminedHashes> {
  const { rows } = HashTable.parse(JSON.parse(await readFile(path, 'utf8')));
  return { times: rows.map(([, time]) => time), hashes: rows.map(([, , hash]) => hash) };
}

/**
 * The examined hash of a frame that packets number `index` at `timeMs`: by number where the times agree, else by time.
 * Undefined where the whole decode gave no frame of that time.
 */
export function hashOfFrame(examined: ExaminedHashes, index: number, timeMs: number): string | undefined {
  const same = (time: number | null | undefined): boolean => typeof time === 'number' && Math.abs(time - timeMs) < 0.01;
  if (same(examined.times[index])) return examined.hashes[index];
  let low = 0;
  let high = examined.times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((examined.times[middle] ?? -Infinity) < timeMs - 0.01) low = middle + 1;
    else high = middle;
  }
  return same(examined.times[low]) ? examined.hashes[low] : undefined;
}
