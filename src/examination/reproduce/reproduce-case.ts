import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import type { Progress } from '../../base/progress.ts';
import type { Case } from '../../case/case.ts';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import { detailOf } from '../../case/custody/custody-action.ts';
import { holdsExactly, sha256OfFile } from '../../case/recorded-files.ts';
import { examinationSubject, recordedFolders } from '../../case/recorded-folders.ts';
import { caseFiles } from '../../case/case-layout.ts';
import { loadMethod } from '../../methods/registry.ts';
import type { Method } from '../../methods/method.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { ChosenMethod } from '../chosen-methods.ts';
import { examineExhibit, readResult } from '../examine-exhibit.ts';
import type { KernelPool } from '../kernel-pool.ts';
import { openExaminedMedia } from '../open-examined-media.ts';
import { identifyPrograms } from '../programs.ts';
import type { ExaminationResult, ProgramIdentity } from '../result.ts';
import { firstDifference } from './first-difference.ts';
import type { CannotReason, ComparedProgram, ReproducedExamination } from './reproduced.ts';

export interface Reproduction {
  /** Opened for reading; nothing in it is touched. */
  readonly target: Case;
  /** All of the case where undefined. */
  readonly exhibits?: readonly string[];
  /** Empty folder for what is made again. */
  readonly workFolder: string;
  readonly toolbox: Toolbox;
  readonly kernels: KernelPool;
  /** Reference material by its SHA-256. */
  readonly reference?: (sha256: string) => Promise<Uint8Array | undefined>;
  readonly clock: () => Date;
  readonly assayVersion: string;
  readonly signal: AbortSignal;
  /** Stage `reproduce` counts bytes of exhibits; the stages of examining come between. */
  readonly progress: Progress;
}

/** A recorded examination, and with what to make it again, or why that cannot be. */
interface Recorded {
  readonly key: string;
  readonly result: ExaminationResult;
  readonly sha256: string;
  readonly chosen: ChosenMethod | undefined;
  readonly cannot?: { readonly reason: CannotReason; readonly about?: string };
}

/**
 * Examines the exhibits of a case again with the recorded parameters, and compares each result with the recorded one.
 *
 * FORENSIC: only what the custody log vouches for is compared, and only with the very bytes that were taken in; anything
 * else is said to be impossible to reproduce, with the reason.
 *
 * @throws AssayError `cancelled`, `unknown-name` for an exhibit that there is not, and errors of the disk
 */
export async function reproduceCase(wanted: Reproduction): Promise<readonly ReproducedExamination[]> {
  const { target, signal } = wanted;
  const records = (wanted.exhibits ?? target.exhibits().map(({ id }) => id)).map((id) => target.exhibit(id));
  const total = records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let done = 0;
  const advance = (): void => wanted.progress({ stage: 'reproduce', done, total, unit: 'bytes' });
  advance();
  const all: ReproducedExamination[] = [];
  for (const record of records) {
    if (signal.aborted) throw new AssayError('cancelled', { what: record.id });
    all.push(...(await reproduceExhibit(wanted, record)));
    done += record.sizeBytes;
    advance();
  }
  return all;
}

async function reproduceExhibit(
  wanted: Reproduction,
  record: ExhibitRecord,
): Promise<readonly ReproducedExamination[]> {
  const { target, toolbox, signal } = wanted;
  const { recorded, unreadable } = await recordedExaminations(target, record);
  const original = target.originalPath(record.id);
  const isUnchanged = await sha256OfFile(original).then(
    (sha256) => sha256 === record.sha256,
    (error: unknown) => {
      if (error instanceof AssayError) return false;
      throw error;
    },
  );
  const chosen = isUnchanged
    ? distinct(recorded.flatMap(({ chosen: one, cannot }) => (cannot ? [] : (one ?? []))))
    : [];
  const programs = await identifyPrograms(
    toolbox,
    new Set(recorded.flatMap((one) => one.chosen?.method.programs ?? [])),
  );
  const folder = join(wanted.workFolder, record.id);
  await mkdir(folder, { recursive: true });
  const examined = await examineExhibit({
    sha256: record.sha256,
    open: () =>
      openExaminedMedia(
        { folder: dirname(original), fileName: record.fileName, originalName: record.name, sha256: record.sha256 },
        toolbox,
        signal,
      ),
    chosen,
    folder,
    programs,
    kernels: wanted.kernels,
    ...(wanted.reference === undefined ? {} : { reference: wanted.reference }),
    clock: wanted.clock,
    assayVersion: wanted.assayVersion,
    signal,
    progress: (event) =>
      wanted.progress({ ...event, subject: event.subject === undefined ? record.id : `${record.id} ${event.subject}` }),
    isIntact: () => Promise.resolve(false),
    publish: ({ key }) => rename(join(folder, `.${key}.part`), join(folder, key)),
  });
  const found = new Map(chosen.map((one, index) => [choiceKey(one), examined[index]?.result]));
  return [
    ...recorded.map((one) =>
      isUnchanged
        ? compare(record.id, one, one.chosen && found.get(choiceKey(one.chosen)), programs)
        : cannot(record.id, one, programs, { reason: 'evidence-changed' }),
    ),
    ...unreadable.map(({ key, method, version }): ReproducedExamination => ({
      exhibitId: record.id,
      key,
      method: { id: method, recordedVersion: version, versionHere: undefined },
      outcome: 'cannot',
      reason: 'record-changed',
      programs: [],
    })),
  ];
}

interface Unreadable {
  readonly key: string;
  readonly method: string;
  readonly version: number;
}

/** The examinations of an exhibit that the custody log holds, in the order in which it does. */
async function recordedExaminations(
  target: Case,
  record: ExhibitRecord,
): Promise<{ readonly recorded: readonly Recorded[]; readonly unreadable: readonly Unreadable[] }> {
  const prefix = `${caseFiles.exhibits}/${examinationSubject(record.id, '')}`;
  const recorded: Recorded[] = [];
  const unreadable: Unreadable[] = [];
  for (const { path, files, entry } of recordedFolders(target.custody.entries()).values()) {
    if (!path.startsWith(prefix)) continue;
    const key = path.slice(prefix.length);
    const folder = join(target.layout.examinations(record.id), key);
    const result = (await holdsExactly(folder, files)) ? await readResult(folder) : undefined;
    if (result === undefined) {
      const named = target.custody.entries().find(({ seq }) => seq === entry);
      const { method = '?', version = 0 } = (named && detailOf(named, 'examination.recorded')) ?? {};
      unreadable.push({ key, method, version });
    } else recorded.push({ key, result, sha256: files['result.json'] ?? '', ...(await choiceOf(result)) });
  }
  return { recorded, unreadable };
}

async function choiceOf(result: ExaminationResult): Promise<Pick<Recorded, 'chosen' | 'cannot'>> {
  const method: Method | undefined = await loadMethod(result.method.id);
  if (method === undefined) return { chosen: undefined, cannot: { reason: 'method-unknown', about: result.method.id } };
  const parsed = method.params.safeParse(result.parameters);
  if (!parsed.success) {
    const about = parsed.error.issues[0]?.path.join('.') ?? '';
    return { chosen: undefined, cannot: { reason: 'parameters-unknown', about } };
  }
  return { chosen: { method, parameters: parsed.data as Record<string, unknown> } };
}

/** One run serves every record of the same method and parameters: made with other programs then, with one set here. */
function distinct(chosen: readonly ChosenMethod[]): readonly ChosenMethod[] {
  return [...new Map(chosen.map((one) => [choiceKey(one), one])).values()];
}

function choiceKey({ method, parameters }: ChosenMethod): string {
  return `${method.id} ${canonicalJson(parameters)}`;
}

function compare(
  exhibitId: string,
  recorded: Recorded,
  found: ExaminationResult | undefined,
  programs: ReadonlyMap<string, ProgramIdentity>,
): ReproducedExamination {
  if (recorded.cannot !== undefined) return cannot(exhibitId, recorded, programs, recorded.cannot);
  if (found === undefined) throw new AssayError('defect', { what: `${recorded.key} was not made again` });
  const wasFailure = recorded.result.status === 'failed' && recorded.result.reason === found.reason;
  if (found.status === 'failed' && !wasFailure) {
    const isMissing = found.reason === 'tool-missing';
    const about = isMissing ? String(found.details['tool'] ?? '') : (found.reason ?? '');
    return cannot(exhibitId, recorded, programs, { reason: isMissing ? 'tool-missing' : 'failed-here', about });
  }
  if (found.reason === 'list-missing' && recorded.result.reason !== 'list-missing')
    return cannot(exhibitId, recorded, programs, {
      reason: 'reference-missing',
      about: String(found.details['lists'] ?? ''),
    });
  const difference = firstDifference(recorded.result, found);
  return {
    ...common(exhibitId, recorded, programs),
    outcome: difference === undefined ? 'identical' : 'different',
    ...(difference === undefined ? {} : { difference }),
  };
}

function cannot(
  exhibitId: string,
  recorded: Recorded,
  programs: ReadonlyMap<string, ProgramIdentity>,
  why: NonNullable<Recorded['cannot']>,
): ReproducedExamination {
  return { ...common(exhibitId, recorded, programs), outcome: 'cannot', ...why };
}

function common(
  exhibitId: string,
  { key, result, sha256, chosen }: Recorded,
  programs: ReadonlyMap<string, ProgramIdentity>,
): Pick<ReproducedExamination, 'exhibitId' | 'key' | 'method' | 'programs' | 'recordedSha256'> {
  return {
    exhibitId,
    key,
    method: { id: result.method.id, recordedVersion: result.method.version, versionHere: chosen?.method.version },
    programs: comparedPrograms(result.programs, chosen?.method.programs ?? [], programs),
    recordedSha256: sha256,
  };
}

function comparedPrograms(
  recorded: readonly ProgramIdentity[],
  needed: readonly string[],
  here: ReadonlyMap<string, ProgramIdentity>,
): readonly ComparedProgram[] {
  const names = [...new Set([...recorded.map(({ name }) => name), ...needed])].sort();
  return names.map((name) => {
    const then = recorded.find((one) => one.name === name);
    const now = here.get(name);
    return {
      name,
      recorded: then && { version: then.version, sha256: then.sha256 },
      here: now && { version: now.version, sha256: now.sha256 },
      same: then?.sha256 === now?.sha256,
    };
  });
}
