import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { verifyCase } from '../../case/verify/verify-case.ts';
import type { validateInstallation } from '../../contract/laboratory-operations.ts';
import { chooseMethods } from '../../examination/chosen-methods.ts';
import { reproduceCase } from '../../examination/reproduce/reproduce-case.ts';
import { identifyPrograms } from '../../examination/programs.ts';
import { judge } from '../../lab/validation/judge.ts';
import { makeValidationMedia, type ValidationMedia } from '../../lab/validation/make-media.ts';
import type { Examined } from '../../lab/validation/trial.ts';
import { turnABit } from '../../lab/validation/turn-a-bit.ts';
import { validationPack } from '../../lab/validation/validation-pack.ts';
import { wholeOutcome, type ValidationRecord } from '../../lab/validation/validation-record.ts';
import { writeValidation } from '../../lab/validation/write-validation.ts';
import { examinationsOf } from '../../report/gather-report-input.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity, unlock } from '../signer.ts';
import { takeInto } from './add-exhibits.ts';
import { beginCase } from './create-case.ts';
import { examineIn } from './examine.ts';
import { sealReport } from './write-report.ts';

type Wanted = z.infer<typeof validateInstallation.input>;
type Answer = z.infer<typeof validateInstallation.output>;

/** What a first look runs, and the lips too, which it leaves out for the time that they take. */
const asked = { profile: 'triage', settings: { 'av-sync.content': 'measure' } } as const;

/** Steps that the bar counts: media, examination, report, second examination, verification, record. */
const steps = 6;

/**
 * Answers `lab.validate`: makes media with known answers, does the whole job on them, examines them again, and seals a record
 * of what came out.
 */
export async function validateOperation(engine: Engine, input: Wanted, given: OperationContext): Promise<Answer> {
  const folder = resolve(input.folder);
  await requireEmpty(folder);
  const context = askingOnce(given);
  const step = (done: number): void => context.progress({ stage: 'validate', done, total: steps, unit: 'items' });
  step(0);
  const startedAt = engine.clock();
  const signer = await unlock(await signingIdentity(engine), 'seal', context);
  const mediaFolder = join(folder, 'media');
  await mkdir(mediaFolder, { recursive: true });
  const media = await makeValidationMedia(mediaFolder, { toolbox: engine.toolbox, ...context });
  step(1);
  const chosen = await chooseMethods(asked);
  const target = await beginCase(
    engine,
    {
      folder: join(folder, 'case'),
      title: input.title,
      examiner: signer.certificate.name,
      ...(input.language === undefined ? {} : { language: input.language }),
    },
    context,
  );
  const work = await mkdtemp(join(tmpdir(), 'assay-validate-'));
  try {
    await takeInto(target, { files: [...media.paths], role: 'reference' }, context);
    await examineIn(engine, target, asked, context);
    step(2);
    const report = await sealReport(engine, target, { language: input.language }, context);
    step(3);
    const reproduced = await reproduceCase({
      target,
      workFolder: work,
      toolbox: engine.toolbox,
      kernels: engine.kernels,
      clock: engine.clock,
      assayVersion: engine.version,
      signal: context.signal,
      progress: context.progress,
    });
    step(4);
    const caseChecks = await verifyCase(target.folder, { signal: context.signal });
    const turnedBitIn = await turnABit(report.folder, work);
    step(5);
    const trials = await judge({ ...(await lookInto(target, media)), reproduced, caseChecks, turnedBitIn });
    const programs = await identifyPrograms(engine.toolbox, new Set(chosen.flatMap(({ method }) => method.programs)));
    const record: ValidationRecord = {
      schema: 'assay.validation/1',
      pack: { id: validationPack.id, version: validationPack.version },
      assayVersion: engine.version,
      startedAt: startedAt.toISOString(),
      endedAt: engine.clock().toISOString(),
      platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
      outcome: wholeOutcome(trials),
      programs: [...programs.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      methods: chosen.map(({ method: { id, version } }) => ({ id, version })),
      media: target.exhibits().map(({ name, sha256, sizeBytes }) => ({ name, sha256, sizeBytes })),
      trials: [...trials],
      case: { id: target.record.id, title: target.record.title },
    };
    const written = await writeValidation(join(folder, 'validation'), record, {
      text: await engine.text(input.language ?? 'en'),
      resourcesFolder: join(engine.home, 'resources'),
      signer,
      clock: engine.clock,
    });
    step(6);
    return {
      folder: written.folder,
      outcome: record.outcome,
      record: written.json,
      html: written.html,
      signature: written.signature,
      practice: signer.certificate.practice,
      case: target.folder,
      report: report.folder,
      programs: record.programs,
      trials: record.trials,
    };
  } finally {
    await target.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function lookInto(
  target: Case,
  media: ValidationMedia,
): Promise<Pick<Examined, 'media' | 'record' | 'examination' | 'finding'>> {
  const records = new Map(target.exhibits().map((record) => [record.name, record]));
  const examinations = new Map(
    await Promise.all(
      [...records].map(async ([name, { id }]) => [basename(name), await examinationsOf(target, id)] as const),
    ),
  );
  const examination: Examined['examination'] = (medium, method) =>
    examinations.get(medium)?.find(({ result }) => result.method.id === method);
  return {
    media,
    record: (medium) => records.get(medium),
    examination,
    finding: (medium, method, code) =>
      examination(medium, method)?.result.findings.find((finding) => finding.code === code),
  };
}

/** The passphrase certifies the custody key and seals twice: it is asked for once. */
function askingOnce(context: OperationContext): OperationContext {
  const { passphrase, ...rest } = context;
  if (passphrase === undefined) return rest;
  let answer: Promise<string> | undefined;
  return { ...rest, passphrase: (purpose) => (answer ??= passphrase(purpose)) };
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0) throw new AssayError('case-exists', { path: folder });
}
