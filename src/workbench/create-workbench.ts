import { join } from 'node:path';
import type { z } from 'zod';
import * as bundleOperations from '../contract/bundle-operations.ts';
import { cancelJob, watchJob } from '../contract/jobs.ts';
import type { Operation } from '../contract/operation.ts';
import * as engineOperations from '../contract/operations.ts';
import * as laboratoryOperations from '../contract/laboratory-operations.ts';
import * as modelOperations from '../contract/model-operations.ts';
import * as sealOperations from '../contract/seal-operations.ts';
import * as windowOperations from '../contract/window-operations.ts';
import { KeptArtefacts } from './artefacts/kept-artefacts.ts';
import type { Engine } from './engine.ts';
import { createHandle, type Handler } from './handle.ts';
import { JobList } from './job-list.ts';
import type { OperationContext } from './operation-context.ts';
import { addExhibitsOperation } from './operations/add-exhibits.ts';
import { caseDataOperation } from './operations/case-data.ts';
import { createCaseOperation } from './operations/create-case.ts';
import { doctorOperation } from './operations/doctor.ts';
import { examineOperation } from './operations/examine.ts';
import { exhibitBytesOperation } from './operations/exhibit-bytes.ts';
import { exhibitOverviewOperation } from './operations/exhibit-overview.ts';
import { exportBundleOperation } from './operations/export-bundle.ts';
import { importBundleOperation } from './operations/import-bundle.ts';
import { frameIndexOperation } from './operations/frame-index.ts';
import {
  changeIdentityPassphraseOperation,
  createIdentityOperation,
  importIdentityOperation,
  revokeIdentityOperation,
  showIdentityOperation,
} from './operations/identity.ts';
import { checkExhibitOperation, listExaminationsOperation, listExhibitsOperation } from './operations/list-exhibits.ts';
import { listFilesOperation } from './operations/list-files.ts';
import { listMethodsOperation } from './operations/list-methods.ts';
import { demoOperation } from './operations/forge.ts';
import { addModelOperation, listModelsOperation, removeModelOperation } from './operations/models.ts';
import { addNoteOperation, listNotesOperation } from './operations/notes.ts';
import { closeCaseOperation, forgetRecentOperation, openCaseOperation } from './operations/open-case.ts';
import { previewReportOperation, reportCoverageOperation } from './operations/preview-report.ts';
import { reproduceOperation } from './operations/reproduce.ts';
import { signReportOperation } from './operations/sign-report.ts';
import {
  exportHashListOperation,
  importHashListOperation,
  listHashListsOperation,
  removeHashListOperation,
} from './operations/hash-lists.ts';
import { makeRecipientOperation } from './operations/make-recipient.ts';
import { seriesWindowOperation } from './operations/series-window.ts';
import { showReportFolderOperation } from './operations/show-report-folder.ts';
import { startStateOperation } from './operations/start-state.ts';
import { tableRowsOperation } from './operations/table-rows.ts';
import { importTimestampOperation, requestTimestampOperation } from './operations/timestamp.ts';
import { addTrustOperation, listTrustOperation, removeTrustOperation } from './operations/trust.ts';
import { validateOperation } from './operations/validate.ts';
import { verifyOperation } from './operations/verify.ts';
import { writeReportOperation } from './operations/write-report.ts';
import { Previews } from './previews.ts';
import { artefactFiles } from './sources/artefact-files.ts';
import { exhibitPictures } from './sources/exhibit-pictures.ts';
import { lensPictures } from './sources/lens-pictures.ts';
import { localeFiles } from './sources/locale-files.ts';
import { staticFiles } from './sources/static-files.ts';
import { stateFiles } from './state-files.ts';
import { windowSession, type WindowSession } from './window-session.ts';

/** One window's side of the engine: the function that answers its requests, and its orderly end. */
export interface Workbench {
  readonly handle: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly engine: Engine;
  /** Case to open at the start. */
  readonly open?: string;
  readonly language: string;
}

const longPollMs = 20_000;

/** Puts together what a window mounts. */
export function createWorkbench({ engine, open, language }: WorkbenchOptions): Workbench {
  const session = windowSession(engine, open ?? null, language);
  const previews = new Previews();
  const jobs = new JobList(() => performance.now());
  const handle = createHandle({
    handlers: [
      ...engineHandlers(engine),
      ...bundleHandlers(engine),
      ...windowHandlers(session, previews),
      ...jobHandlers(jobs),
    ],
    sources: [
      { prefix: '/artefact/', source: artefactFiles(session) },
      { prefix: '/exhibit/', source: exhibitPictures(session) },
      { prefix: '/exhibit/', source: lensPictures(session) },
      { prefix: '/preview/', source: previews.source },
      { prefix: '/locales/', source: localeFiles(engine.home) },
      { prefix: '/', source: staticFiles(join(engine.home, 'dist/renderer')) },
    ],
    jobs,
  });
  return {
    handle,
    async close() {
      await jobs.cancelAll();
      await session.frames.close('');
      await session.media.close();
      await engine.close();
    },
  };
}

function answered<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  answer: (input: z.infer<I>, context: OperationContext) => Promise<z.infer<O>>,
): Handler {
  return { operation, answer: answer };
}

function engineHandlers(engine: Engine): Handler[] {
  const { createCase, addExhibits, examine, writeReport, verify } = engineOperations;
  const { listMethods, createIdentity, showIdentity, doctor, demo } = engineOperations;
  return [
    answered(createCase, (input, context) => createCaseOperation(engine, input, context)),
    answered(addExhibits, (input, context) => addExhibitsOperation(engine, input, context)),
    answered(examine, (input, context) => examineOperation(engine, input, context)),
    answered(writeReport, (input, context) => writeReportOperation(engine, input, context)),
    answered(engineOperations.signReport, (input, context) => signReportOperation(engine, input, context)),
    answered(verify, (input, context) => verifyOperation(engine, input, context)),
    answered(listMethods, () => listMethodsOperation()),
    answered(createIdentity, (input, context) => createIdentityOperation(engine, input, context)),
    answered(showIdentity, () => showIdentityOperation(engine)),
    answered(laboratoryOperations.reproduceCase, (input, context) => reproduceOperation(engine, input, context)),
    answered(laboratoryOperations.validateInstallation, (input, context) => validateOperation(engine, input, context)),
    ...sealHandlers(engine),
    answered(doctor, () => doctorOperation(engine)),
    answered(demo, (input, context) => demoOperation(engine, input, context)),
  ];
}

/** Identities, whom to trust, and timestamps. */
function sealHandlers(engine: Engine): Handler[] {
  const operations = sealOperations;
  return [
    answered(operations.importIdentity, (input, context) => importIdentityOperation(engine, input, context)),
    answered(operations.changeIdentityPassphrase, (input, context) =>
      changeIdentityPassphraseOperation(engine, input, context),
    ),
    answered(operations.revokeIdentity, (input, context) => revokeIdentityOperation(engine, input, context)),
    answered(operations.addTrust, (input) => addTrustOperation(engine, input)),
    answered(operations.listTrust, () => listTrustOperation(engine)),
    answered(modelOperations.addModel, (input) => addModelOperation(engine, input)),
    answered(modelOperations.listModels, () => listModelsOperation(engine)),
    answered(modelOperations.removeModel, (input) => removeModelOperation(engine, input)),
    answered(operations.removeTrust, (input) => removeTrustOperation(engine, input)),
    answered(operations.requestTimestamp, (input, context) => requestTimestampOperation(engine, input, context)),
    answered(operations.importTimestamp, (input, context) => importTimestampOperation(engine, input, context)),
  ];
}

function bundleHandlers(engine: Engine): Handler[] {
  return [
    answered(bundleOperations.exportBundle, (input, context) => exportBundleOperation(engine, input, context)),
    answered(bundleOperations.makeRecipient, (_, context) => makeRecipientOperation(engine, context)),
    answered(bundleOperations.importHashList, (input, context) => importHashListOperation(engine, input, context)),
    answered(bundleOperations.exportHashList, (input) => exportHashListOperation(engine, input)),
    answered(bundleOperations.listHashLists, () => listHashListsOperation(engine)),
    answered(bundleOperations.removeHashList, (input) => removeHashListOperation(engine, input)),
    answered(bundleOperations.caseData, (input, context) => caseDataOperation(engine, input, context)),
    answered(bundleOperations.importBundle, (input, context) => importBundleOperation(engine, input, context)),
  ];
}

function windowHandlers(session: WindowSession, previews: Previews): Handler[] {
  const files = stateFiles(session.engine.state);
  const artefacts = new KeptArtefacts();
  const operations = windowOperations;
  return [
    answered(operations.startState, () => startStateOperation(session)),
    answered(operations.openCase, (input, context) => openCaseOperation(session, input, context)),
    answered(operations.closeCase, (input) => closeCaseOperation(session, input)),
    answered(operations.forgetRecent, (input) => forgetRecentOperation(session, input)),
    answered(operations.listFiles, (input) => listFilesOperation(input)),
    answered(operations.listExhibits, (input) => listExhibitsOperation(session, input)),
    answered(operations.checkExhibit, (input) => checkExhibitOperation(session, input)),
    answered(operations.exhibitOverview, (input) => exhibitOverviewOperation(session, input)),
    answered(operations.exhibitBytes, (input) => exhibitBytesOperation(session, input)),
    answered(operations.frameIndex, (input) => frameIndexOperation(session, input)),
    answered(operations.listExaminations, (input) => listExaminationsOperation(session, input)),
    answered(operations.seriesWindow, (input) => seriesWindowOperation(session, artefacts, input)),
    answered(operations.tableRows, (input) => tableRowsOperation(session, artefacts, input)),
    answered(operations.listNotes, (input) => listNotesOperation(session, input)),
    answered(operations.addNote, (input) => addNoteOperation(session, input)),
    answered(operations.previewReport, (input) => previewReportOperation(session, previews, input)),
    answered(operations.reportCoverage, (input) => reportCoverageOperation(session, input)),
    answered(operations.showReportFolder, (input) => showReportFolderOperation(session, input)),
    answered(operations.loadSettings, async () => ({ settings: await files.settings() })),
    answered(operations.saveSettings, async ({ settings }) => {
      await files.saveSettings(settings);
      return {};
    }),
  ];
}

function jobHandlers(jobs: JobList): Handler[] {
  return [
    answered(watchJob, ({ job, since }) => jobs.watch(job, since, longPollMs)),
    answered(cancelJob, ({ job }) => Promise.resolve({ state: jobs.cancel(job) })),
  ];
}
