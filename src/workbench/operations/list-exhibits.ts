import { join } from 'node:path';
import type { z } from 'zod';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import { isAsTakenIn } from '../../case/is-as-taken-in.ts';
import { intactExaminations } from '../../case/record-examination.ts';
import type { checkExhibit, listExaminations, listExhibits } from '../../contract/window-operations.ts';
import { readResult } from '../../examination/examine-exhibit.ts';
import { methodIds } from '../../methods/registry.ts';
import { listedFindings } from '../examined-exhibit.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

type ListedExhibit = z.infer<typeof listExhibits.output>['exhibits'][number];

/** Answers `exhibit.list`. */
export async function listExhibitsOperation(
  session: WindowSession,
  input: z.infer<typeof listExhibits.input>,
): Promise<z.infer<typeof listExhibits.output>> {
  return { exhibits: heldCase(session, input.folder).exhibits().map(listedExhibit) };
}

/** Answers `exhibit.check`. */
export async function checkExhibitOperation(
  session: WindowSession,
  input: z.infer<typeof checkExhibit.input>,
): Promise<z.infer<typeof checkExhibit.output>> {
  return { asTakenIn: await isAsTakenIn(heldCase(session, input.folder), input.exhibit, session.digests.of) };
}

export function listedExhibit(record: ExhibitRecord): ListedExhibit {
  const { id, name, nameBytes, role, source, pathAsGiven, linkTarget, sizeBytes, sha256, sha512, md5 } = record;
  const { fileTimes, addedAt, addedBy, fileName } = record;
  return {
    ...{ id, name, role, pathAsGiven, sizeBytes, sha256, sha512, md5, fileTimes, addedAt, addedBy, fileName },
    ...(nameBytes === undefined ? {} : { nameBytes }),
    ...(source === undefined ? {} : { source }),
    ...(linkTarget === undefined ? {} : { linkTarget }),
  };
}

/** Answers `examination.list`: every intact examination of an exhibit with its findings and artefacts; of each method oldest first. */
export async function listExaminationsOperation(
  session: WindowSession,
  input: z.infer<typeof listExaminations.input>,
): Promise<z.infer<typeof listExaminations.output>> {
  const target = heldCase(session, input.folder);
  const folder = target.layout.examinations(input.exhibit);
  const intact = await intactExaminations(target, input.exhibit, session.digests.of);
  // In the order of the log: what was examined last stands last.
  const keys = [...intact];
  const results = (await Promise.all(keys.map((key) => readResult(join(folder, key))))).filter(
    (result) => result !== undefined,
  );
  const order = (id: string): number => methodIds.indexOf(id);
  return {
    examinations: results
      .sort((a, b) => order(a.method.id) - order(b.method.id))
      .map((result) => ({
        method: result.method.id,
        version: result.method.version,
        status: result.status,
        ...(result.reason === undefined ? {} : { reason: result.reason }),
        details: result.details,
        key: result.key,
        cached: true,
        parameters: result.parameters,
        findings: listedFindings(result),
        artefacts: result.artefacts,
      })),
  };
}
