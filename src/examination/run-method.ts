import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJsonFile } from '../base/canonical-json.ts';
import { AssayError, isAssayError } from '../base/errors.ts';
import { Finding, type FindingInput } from '../base/finding.ts';
import type { Tap } from '../media/taps.ts';
import type { MethodContext } from '../methods/method.ts';
import { keepArtefactsIn } from './artefact-keeper.ts';
import type { DecodeRendezvous } from './decode-rendezvous.ts';
import type { ExaminationRequest, ExaminedMedia, PlannedMethod, RunRecord } from './examine-exhibit.ts';
import { ExaminationResult, ExaminationRun, type ExaminationStatus } from './result.ts';

type SharedRun = ExaminationRun['runs'][number];

export interface MethodRun {
  readonly request: ExaminationRequest;
  readonly examined: ExaminedMedia;
  readonly planned: PlannedMethod;
  readonly rendezvous: DecodeRendezvous;
  readonly decodeRuns: () => SharedRun[];
}

interface Ending {
  readonly status: ExaminationStatus;
  readonly reason?: string;
  readonly details?: Record<string, string | number | boolean>;
  readonly findings: readonly FindingInput[];
}

/**
 * Runs one method into a temporary folder and publishes it under its key when result.json and run.json are written, so
 * that a kill leaves either a whole examination or none. Throws `cancelled`; every other error becomes `failed`.
 */
export async function runMethod(run: MethodRun): Promise<ExaminationResult> {
  const { request, examined, planned, rendezvous } = run;
  const { method, parameters, key } = planned;
  const folder = join(request.folder, `.${key}.part`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const startedAt = request.clock();
  const keeper = keepArtefactsIn(folder);
  const ownRuns: RunRecord[] = [];
  const needs = method.needs(parameters);
  const reads = needs.packets === true || needs.decode === true;
  const commands: string[][] = reads ? examined.readingCommands().map((command) => [...command]) : [];
  const used = { decode: false };

  const context: MethodContext = {
    signal: request.signal,
    progress: request.progress,
    keep: keeper.keep,
    keepStream: keeper.keepStream,
    async decode(subscriptions) {
      used.decode = true;
      const taps: Tap[] = subscriptions.map(({ tap }) => tap);
      commands.push(...(await examined.command(taps)));
      return rendezvous.join(key, subscriptions);
    },
    compute: (kernel, input, transfer = []) =>
      request.kernels.run({ method: method.id, kernel, input }, transfer, request.signal),
    ...(request.reference === undefined ? {} : { reference: request.reference }),
    extractFrames: (stream, indexes) =>
      examined.extract(stream, indexes, request.signal, (record, canonical) => {
        ownRuns.push(record);
        commands.push([...canonical]);
      }),
  };

  const ending = await endingOf(run, context);
  if (request.signal.aborted) {
    await rm(folder, { recursive: true, force: true });
    throw new AssayError('cancelled', { what: method.id });
  }
  const result = ExaminationResult.parse({
    schema: 'assay.examination/1',
    key,
    exhibitSha256: request.sha256,
    method: { id: method.id, version: method.version },
    parameters,
    programs: planned.inputs.programs,
    commands,
    ...ending,
    findings: ending.findings.map((finding) => Finding.parse(finding)),
    artefacts: keeper.artefacts(),
  });
  const reading = reads ? examined.readingRuns() : [];
  const circumstances = ExaminationRun.parse({
    schema: 'assay.run/1',
    key,
    assayVersion: request.assayVersion,
    startedAt: startedAt.toISOString(),
    endedAt: request.clock().toISOString(),
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    runs: [...reading, ...(used.decode ? run.decodeRuns() : []), ...ownRuns],
  });
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name));
  const text = canonicalJsonFile(result);
  await writeFile(join(folder, 'result.json'), text);
  await writeFile(join(folder, 'run.json'), canonicalJsonFile(circumstances));
  const final = join(request.folder, key);
  if ((await request.isIntact(key)) && (await readFile(join(final, 'result.json'), 'utf8').catch(() => '')) === text) {
    // The same bytes again: what is recorded stays as it is, with the run that made it first.
    await rm(folder, { recursive: true });
    return result;
  }
  await rm(final, { recursive: true, force: true });
  await request.publish(result);
  return result;
}

async function endingOf(run: MethodRun, context: MethodContext): Promise<Ending> {
  const { method, parameters } = run.planned;
  try {
    const missing = run.planned.inputs.programs.find(({ version }) => version === 'missing');
    const applicability = await method.accepts(run.examined.media);
    if (!applicability.applies)
      return {
        status: 'not-applicable',
        reason: applicability.reason,
        ...(applicability.details ? { details: applicability.details } : {}),
        findings: [],
      };
    if (missing !== undefined) throw new AssayError('tool-missing', { tool: missing.name });
    const result = await method.run(run.examined.media, parameters, context);
    return result;
  } catch (error) {
    if (isAssayError(error, 'cancelled')) return { status: 'failed', reason: 'cancelled', findings: [] };
    return { status: 'failed', ...failureReason(error), findings: [] };
  }
}

/** FORENSIC: a failure is a recorded result too; its text must not carry a stack or a path of this machine. */
function failureReason(error: unknown): { reason: string; details: Record<string, string | number | boolean> } {
  if (isAssayError(error)) {
    const details = Object.fromEntries(
      Object.entries(error.details as Record<string, unknown>).filter(
        (entry): entry is [string, string | number | boolean] =>
          ['string', 'number', 'boolean'].includes(typeof entry[1]),
      ),
    );
    return { reason: error.code, details };
  }
  return { reason: 'defect', details: { what: error instanceof Error ? error.message : String(error) } };
}
