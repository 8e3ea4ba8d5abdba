import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import { detectFormat, detectionBytes } from '../containers/detect-format.ts';
import type { ContainerFormat } from '../containers/structure.ts';
import type { ExhibitMedia } from '../media/exhibit-media.ts';
import type { OwnedSubscription } from '../media/decode/consumers.ts';
import type { DecodeOutcome, Tap } from '../media/taps.ts';
import type { ExtractedFrame } from '../methods/method.ts';
import type { ChosenMethod } from './chosen-methods.ts';
import { meetForDecode } from './decode-rendezvous.ts';
import { examinationKey } from './examination-key.ts';
import type { KernelPool } from './kernel-pool.ts';
import { ExaminationResult, type ExaminationRun, type ProgramIdentity } from './result.ts';
import { runMethod, type MethodRun } from './run-method.ts';

/** One started external program, as `run.json` keeps it, without who shared it. */
export type RunRecord = Omit<ExaminationRun['runs'][number], 'sharedWith'>;

/** The exhibit's media with the two ways of decoding it, each reporting the programs that it starts. */
export interface ExaminedMedia {
  readonly media: ExhibitMedia;
  /** Runs that opening, probing and indexing have caused so far. */
  readonly readingRuns: () => readonly RunRecord[];
  decode(
    subscriptions: readonly OwnedSubscription[],
    signal: AbortSignal,
    progress: Progress,
    onRun: (run: RunRecord) => void,
  ): Promise<DecodeOutcome>;
  /** Commands that read the exhibit's streams and packets; canonical lines of result.json. */
  readingCommands(): readonly string[][];
  /** Command that would feed these taps alone; the canonical line of result.json. */
  command(taps: readonly Tap[]): Promise<readonly string[][]>;
  extract(
    stream: number,
    indexes: readonly number[],
    signal: AbortSignal,
    onRun: (run: RunRecord, canonical: readonly string[]) => void,
  ): Promise<readonly ExtractedFrame[]>;
}

export interface ExaminationRequest {
  readonly sha256: string;
  readonly open: () => Promise<ExaminedMedia>;
  /** Why nothing may be measured on the exhibit; every method that would run then fails with it. */
  readonly problem?: () => Promise<AssayError | undefined>;
  readonly chosen: readonly ChosenMethod[];
  /** Folder that holds one folder per examination, named by key. */
  readonly folder: string;
  readonly programs: ReadonlyMap<string, ProgramIdentity> | Promise<ReadonlyMap<string, ProgramIdentity>>;
  /** Reference material by its SHA-256, for methods whose parameters name some. */
  readonly reference?: (sha256: string) => Promise<Uint8Array | undefined>;
  readonly kernels: KernelPool;
  readonly clock: () => Date;
  readonly assayVersion: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Runs everything again, also what is cached. */
  readonly again?: boolean;
  /** Whether an earlier examination may stand in for a run. Where nobody vouches for it, its being there is enough. */
  readonly isIntact: (key: string) => Promise<boolean>;
  /** Gives a complete examination, still in `.<key>.part`, its final name, after whatever must be recorded first. */
  readonly publish: (result: ExaminationResult) => Promise<void>;
}

export interface Examined {
  readonly result: ExaminationResult;
  /** True when an earlier run of the same key was used and nothing ran. */
  readonly cached: boolean;
}

/**
 * Examines one exhibit with the chosen methods: a pure function from a file and parameters to a folder per examination.
 *
 * What is cached under its key does not run again; everything else runs side by side and shares one decode. A method
 * that fails becomes a failed examination and the others go on. Throws only `cancelled`, errors of the disk, and the exhibit's
 * problem where something measured before would have to give way to it.
 */
export async function examineExhibit(request: ExaminationRequest): Promise<readonly Examined[]> {
  const programs = Promise.resolve(request.programs);
  programs.catch(() => undefined);
  await mkdir(request.folder, { recursive: true });
  const early = (await isSurelyFresh(request)) ? openEarly(request) : undefined;
  early?.catch(() => undefined);
  const identities = await programs.catch(async (error: unknown) => {
    await (await early)?.media.close();
    throw error;
  });
  const planned = request.chosen.map((chosen) => {
    const named = chosen.method.programs.map((name) => identified(identities, name));
    const inputs = {
      exhibitSha256: request.sha256,
      method: { id: chosen.method.id, version: chosen.method.version },
      parameters: chosen.parameters,
      programs: named,
    };
    return { ...chosen, inputs, key: examinationKey(inputs) };
  });

  const cached = new Map<string, ExaminationResult>();
  for (const { key } of planned) {
    if (request.again === true || !(await request.isIntact(key))) continue;
    const earlier = await readResult(join(request.folder, key));
    // A failure may have been the machine's: it is tried again. What came to an end is not.
    if (earlier !== undefined && earlier.status !== 'failed') cached.set(key, earlier);
  }
  const fresh = planned.filter(({ key }) => !cached.has(key));
  const results = new Map(cached);
  const problem = fresh.length > 0 ? await request.problem?.() : undefined;
  if (problem !== undefined) {
    await (await early?.catch(() => undefined))?.media.close();
    // What was measured on the right bytes is not put aside for a failure.
    for (const { key } of fresh) if (await hasResult(join(request.folder, key))) throw problem;
    for (const planned of fresh) results.set(planned.key, await runMethod(unexaminable(request, planned, problem)));
  } else if (fresh.length > 0) {
    const examined = await (early ?? request.open());
    try {
      for (const result of await runTogether(request, examined, fresh)) results.set(result.key, result);
    } finally {
      await examined.media.close();
    }
  }
  return planned.map(({ key }) => ({ result: found(results, key), cached: cached.has(key) }));
}

/** True where no earlier examination could stand in for any of the methods. */
async function isSurelyFresh({ again, folder, chosen }: ExaminationRequest): Promise<boolean> {
  return chosen.length > 0 && (again === true || (await readdir(folder)).length === 0);
}

/** Opens the exhibit, and starts its longest reading, while the programs are still being identified. */
async function openEarly(request: ExaminationRequest): Promise<ExaminedMedia> {
  const examined = await request.open();
  if (needsPackets(request.chosen)) void readPacketsOfFilm(examined.media);
  return examined;
}

function needsPackets(chosen: readonly ChosenMethod[]): boolean {
  return chosen.some(({ method, parameters }) => method.needs(parameters).packets === true);
}

export type PlannedMethod = ChosenMethod & {
  readonly key: string;
  readonly inputs: Parameters<typeof examinationKey>[0];
};

async function runTogether(
  request: ExaminationRequest,
  examined: ExaminedMedia,
  fresh: readonly PlannedMethod[],
): Promise<ExaminationResult[]> {
  const decoding = fresh.filter(({ method, parameters }) => method.needs(parameters).decode === true);
  const reading = needsPackets(fresh) ? readPacketsOfFilm(examined.media) : undefined;
  const decodeRuns: RunRecord[] = [];
  const rendezvous = meetForDecode(
    decoding.map(({ key }) => key),
    (subscriptions) =>
      examined.decode(subscriptions, request.signal, request.progress, (run) => {
        decodeRuns.push(run);
      }),
  );
  const sharers = decoding.map(({ method }) => method.id);
  const results = await Promise.all(
    fresh.map(async (planned) => {
      try {
        return await runMethod({
          request,
          examined,
          planned,
          rendezvous,
          decodeRuns: () => decodeRuns.map((run) => ({ ...run, sharedWith: sharers })),
        });
      } finally {
        rendezvous.leave(planned.key);
      }
    }),
  );
  await reading;
  return results;
}

/** Whether a method came to an end under this key before. */
async function hasResult(folder: string): Promise<boolean> {
  const earlier = await readResult(folder);
  return earlier !== undefined && earlier.status !== 'failed';
}

/** The run of a method on an exhibit that nothing may be measured on. */
function unexaminable(request: ExaminationRequest, planned: PlannedMethod, problem: AssayError): MethodRun {
  const refuse = (): Promise<never> => Promise.reject(problem);
  const examined: ExaminedMedia = {
    get media(): never {
      throw problem;
    },
    ...{ decode: refuse, command: refuse, extract: refuse, readingRuns: () => [], readingCommands: () => [] },
  };
  return { request, examined, planned, rendezvous: meetForDecode([planned.key], refuse), decodeRuns: () => [] };
}

const filmFormats: ReadonlySet<ContainerFormat> = new Set(['isobmff', 'matroska', 'riff']);

/**
 * Has the packets of a film read from the start, beside the probe that the methods wait for first. Who asks for them gets the
 * same answer, or the same error.
 */
async function readPacketsOfFilm(media: ExhibitMedia): Promise<void> {
  try {
    const format = detectFormat(await media.bytes.read(0, detectionBytes));
    if (filmFormats.has(format)) await media.packets();
  } catch {
    // Told by the method that asks for them.
  }
}

/** The result in an examination's folder; undefined where there is none or it cannot be read as one. */
export async function readResult(folder: string): Promise<ExaminationResult | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, 'result.json'), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return ExaminationResult.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function identified(programs: ReadonlyMap<string, ProgramIdentity>, name: string): ProgramIdentity {
  return programs.get(name) ?? { name, version: 'missing', sha256: '0'.repeat(64) };
}

function found(results: ReadonlyMap<string, ExaminationResult>, key: string): ExaminationResult {
  const result = results.get(key);
  if (result === undefined) throw new AssayError('defect', { what: `examination ${key} left no result` });
  return result;
}
