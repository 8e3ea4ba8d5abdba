import { dirname } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import { caseFiles } from '../case/case-layout.ts';
import type { Case } from '../case/case.ts';
import { isAsTakenIn } from '../case/is-as-taken-in.ts';
import { intactExaminations, recordExaminations } from '../case/record-examination.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { ChosenMethod } from './chosen-methods.ts';
import { examineExhibit, type Examined } from './examine-exhibit.ts';
import type { KernelPool } from './kernel-pool.ts';
import { openExaminedMedia } from './open-examined-media.ts';
import { identifyPrograms } from './programs.ts';

export interface CaseExamination {
  readonly target: Case;
  /** In this order; all of the case where undefined. */
  readonly exhibits?: readonly string[];
  readonly chosen: readonly ChosenMethod[];
  readonly toolbox: Toolbox;
  readonly kernels: KernelPool;
  readonly reference?: (sha256: string) => Promise<Uint8Array | undefined>;
  readonly clock: () => Date;
  readonly assayVersion: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly again?: boolean;
  /** Told of every examination as soon as it is recorded. */
  readonly onExamined?: (exhibitId: string, key: string) => void;
}

/** What examining one exhibit of a case came to. */
export interface ExaminedInCase {
  readonly exhibitId: string;
  readonly examined: readonly Examined[];
}

/**
 * Examines exhibits of a case one after another and records each examination in the custody log before it gets its
 * final name. One bad exhibit never stops the others. Throws `cancelled`, `unknown-name`, and errors of the disk.
 */
export async function examineCase(request: CaseExamination): Promise<readonly ExaminedInCase[]> {
  const { target, chosen, toolbox, signal } = request;
  const records = (request.exhibits ?? target.exhibits().map(({ id }) => id)).map((id) => target.exhibit(id));
  const programs = identifyPrograms(toolbox, new Set(chosen.flatMap(({ method }) => method.programs)));
  programs.catch(() => undefined);
  const all: ExaminedInCase[] = [];
  for (const record of records) {
    const intact = new Set(request.again === true ? [] : await intactExaminations(target, record.id));
    const folder = dirname(target.originalPath(record.id));
    const examined = await examineExhibit({
      sha256: record.sha256,
      open: () =>
        openExaminedMedia(
          { folder, fileName: record.fileName, originalName: record.name, sha256: record.sha256 },
          toolbox,
          signal,
        ),
      problem: async () =>
        (await isAsTakenIn(target, record.id))
          ? undefined
          : new AssayError('exhibit-changed', {
              exhibit: record.id,
              file: `${caseFiles.exhibits}/${record.id}/${record.fileName}`,
            }),
      chosen,
      folder: target.layout.examinations(record.id),
      programs,
      kernels: request.kernels,
      ...(request.reference === undefined ? {} : { reference: request.reference }),
      clock: request.clock,
      assayVersion: request.assayVersion,
      signal,
      progress: (event) =>
        request.progress({
          ...event,
          subject: event.subject === undefined ? record.id : `${record.id} ${event.subject}`,
        }),
      ...(request.again === undefined ? {} : { again: request.again }),
      isIntact: (key) => Promise.resolve(intact.has(key)),
      publish: async ({ key, method, status }) => {
        await recordExaminations(target, [
          { exhibitId: record.id, key, method: method.id, version: method.version, status },
        ]);
        intact.add(key);
        request.onExamined?.(record.id, key);
      },
    });
    all.push({ exhibitId: record.id, examined });
  }
  return all;
}
