import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { Artefact } from '../../src/base/artefact.ts';
import { Finding } from '../../src/base/finding.ts';
import { decodeNpy } from '../../src/base/npy.ts';
import { silent } from '../../src/base/progress.ts';
import { decode } from '../../src/media/decode/decode.ts';
import type { DecodeLimits } from '../../src/media/decode/decode-limits.ts';
import { extractFrames } from '../../src/media/decode/extract-frames.ts';
import type { ExhibitMedia } from '../../src/media/exhibit-media.ts';
import { openExhibitMedia } from '../../src/media/open-exhibit-media.ts';
import type { Applicability, Method, MethodContext, MethodResult } from '../../src/methods/method.ts';
import { createToolbox } from '../../src/tools/create-toolbox.ts';
import type { ToolRun } from '../../src/tools/run-tool.ts';
import type { Toolbox } from '../../src/tools/toolbox.ts';

/** One toolbox for all tests of a file: the programs are identified once. */
export const testToolbox: Toolbox = createToolbox({ env: process.env, platform: process.platform });

/** Opens a file on disk as an exhibit's media. */
export function openMedia(path: string, onRun?: (run: ToolRun) => void): Promise<ExhibitMedia> {
  const full = resolve(path);
  return openExhibitMedia({
    ...{ folder: dirname(full), fileName: basename(full), originalName: basename(full) },
    sha256: createHash('sha256').update(full).digest('hex'),
    toolbox: testToolbox,
    ...(onRun === undefined ? {} : { onRun }),
  });
}

export interface KeptArtefact {
  readonly artefact: Artefact;
  readonly bytes: Uint8Array;
}

export interface MethodRunInTest {
  readonly applicability: Applicability;
  /** Undefined where the method does not apply. */
  readonly result: MethodResult | undefined;
  /** The findings with their defaults filled in, checked against the schema. */
  readonly findings: readonly Finding[];
  /** By artefact name. */
  readonly artefacts: ReadonlyMap<string, KeptArtefact>;
  /** Every external program run. */
  readonly runs: readonly ToolRun[];
  /** The finding with this code; throws where there is not exactly one. */
  finding(code: string): Finding;
  /** Content of a JSON artefact. */
  json(name: string): unknown;
  /** One column of a series artefact, JSON or npy. */
  column(name: string, id: string): readonly number[];
  /** A table artefact's rows as objects. */
  rows(name: string): readonly Record<string, string | number | boolean | null>[];
}

export interface RunMethodOptions {
  readonly limits?: Partial<DecodeLimits>;
  readonly signal?: AbortSignal;
}

/**
 * Runs one method on a file as an examination would, with kernels in this thread and artefacts kept in memory. Artefacts and findings
 * are checked against their schemas, and two artefacts of one name are an error, as they are there.
 */
export async function runMethod<P extends z.ZodType>(
  method: Method<P>,
  filePath: string,
  params: Record<string, unknown> = {},
  options: RunMethodOptions = {},
): Promise<MethodRunInTest> {
  const runs: ToolRun[] = [];
  const onRun = (run: ToolRun): void => {
    runs.push(run);
  };
  const media = await openMedia(filePath, onRun);
  const artefacts = new Map<string, KeptArtefact>();
  try {
    const parsed = method.params.parse(params);
    const applicability = await method.accepts(media);
    const context = testContext(method, media, artefacts, onRun, options);
    const result = applicability.applies ? await method.run(media, parsed, context) : undefined;
    return describeRun(applicability, result, artefacts, runs);
  } finally {
    await media.close();
  }
}

function testContext(
  method: Method,
  media: ExhibitMedia,
  artefacts: Map<string, KeptArtefact>,
  onRun: (run: ToolRun) => void,
  options: RunMethodOptions,
): MethodContext {
  const signal = options.signal ?? new AbortController().signal;
  const limits = options.limits === undefined ? {} : { limits: options.limits };
  const keep: MethodContext['keep'] = async (artefact, bytes, details = {}) => {
    if (artefacts.has(artefact.name)) throw new Error(`two artefacts named ${artefact.name}`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kept = Artefact.parse({ ...artefact, details, sha256, sizeBytes: bytes.length, file: `${sha256}.bin` });
    artefacts.set(kept.name, { artefact: kept, bytes: Uint8Array.from(bytes) });
    return kept;
  };
  let decoded = false;
  return {
    ...{ signal, progress: silent, keep },
    async decode(subscriptions) {
      if (decoded) throw new Error('a method joins the decode at most once');
      decoded = true;
      const owned = subscriptions.map((subscription) => ({ owner: method.id, subscription }));
      const outcome = await decode({ media, subscriptions: owned, toolbox: testToolbox, signal, onRun, ...limits });
      const failed = outcome.consumerErrors?.[0];
      if (failed !== undefined) throw failed.error;
      return outcome;
    },
    async keepStream() {
      const pieces: Uint8Array[] = [];
      return {
        async write(bytes) {
          pieces.push(Uint8Array.from(bytes));
        },
        async finish(artefact, finishing = {}) {
          const bytes = Buffer.concat(pieces);
          if (finishing.head !== undefined) bytes.set(finishing.head);
          return keep(artefact, bytes, finishing.details);
        },
        async discard() {
          pieces.length = 0;
        },
      };
    },
    async compute<T>(kernel: string, input: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> {
      const run = method.kernels?.[kernel];
      if (run === undefined) throw new Error(`${method.id} has no kernel ${kernel}`);
      // As between threads: what cannot be cloned fails here too, and transferred buffers are gone for the caller.
      const cloned = structuredClone(input, { transfer: [...transfer] });
      return structuredClone(await run(cloned as never)) as T;
    },
    extractFrames: (stream, indexes) =>
      extractFrames({ media, toolbox: testToolbox, stream, indexes, signal, onRun, ...limits }),
  };
}

function describeRun(
  applicability: Applicability,
  result: MethodResult | undefined,
  artefacts: ReadonlyMap<string, KeptArtefact>,
  runs: readonly ToolRun[],
): MethodRunInTest {
  const findings = (result?.findings ?? []).map((finding) => Finding.parse(finding));
  const kept = (name: string): KeptArtefact => {
    const found = artefacts.get(name);
    if (found === undefined) throw new Error(`no artefact ${name}; there are ${[...artefacts.keys()].join(', ')}`);
    return found;
  };
  const json = (name: string): unknown => JSON.parse(Buffer.from(kept(name).bytes).toString('utf8'));
  return {
    ...{ applicability, result, findings, artefacts, runs, json },
    finding(code) {
      const [found, ...more] = findings.filter((finding) => finding.code === code);
      if (found === undefined || more.length > 0) {
        throw new Error(`not one ${code} among ${findings.map((finding) => finding.code).join(', ')}`);
      }
      return found;
    },
    column(name, id) {
      const { artefact, bytes } = kept(name);
      if (artefact.kind !== 'series') throw new Error(`${name} is no series`);
      const at = artefact.columns.findIndex((column) => column.id === id);
      if (at < 0) throw new Error(`${name} has no column ${id}`);
      if (artefact.mediaType === 'application/json') {
        const { columns } = json(name) as { columns: Record<string, number[]> };
        return columns[id] ?? [];
      }
      const { values, shape } = decodeNpy(bytes);
      const width = shape[1] ?? 1;
      return Array.from({ length: shape[0] ?? 0 }, (_, row) => values[row * width + at] ?? NaN);
    },
    rows(name) {
      const { columns, rows } = json(name) as { columns: string[]; rows: (string | number | boolean | null)[][] };
      return rows.map((row) => Object.fromEntries(columns.map((id, i) => [id, row[i] ?? null])));
    },
  };
}
