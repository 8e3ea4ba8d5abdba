import { AssayError } from '../../base/errors.ts';
import { caseFiles, type CaseLayout } from '../case-layout.ts';
import { writeFileAtomically } from '../durable-file.ts';
import { sha256Hex, entryLine } from './custody-digest.ts';
import { pointOf, signDrafts, writeHead, type StoredCustody } from './custody-log.ts';
import type { CustodySigner } from './custody-signer.ts';

/** An entry is never longer than this; more than it after the last newline is not the rest of one. */
const longestRest = 16 * 1024 * 1024;

/**
 * Takes the torn end off a custody log and appends an entry that keeps its bytes. In one rename, so that at no moment
 * the bytes are in neither place.
 *
 * @throws AssayError `case-damaged` when what is there is too long to be the rest of an entry
 */
export async function repairTornEnd(
  layout: CaseLayout,
  custody: StoredCustody,
  signer: CustodySigner,
  clock: () => Date,
): Promise<void> {
  const { rest, lines, entries } = custody;
  if (rest.length > longestRest) throw new AssayError('case-damaged', { path: layout.folder, file: caseFiles.custody });
  const detail = { file: caseFiles.custody, bytes: rest.toString('base64'), sha256: sha256Hex(rest) };
  const drafts = [{ action: 'log.repaired', subject: 'case', detail }] as const;
  const [entry] = signDrafts(drafts, pointOf(entries.at(-1)), signer, clock);
  if (entry === undefined) throw new AssayError('defect', { what: 'a repair left no entry' });
  const whole = lines.flatMap((line) => [line, Buffer.from('\n')]);
  await writeFileAtomically(layout.custody, Buffer.concat([...whole, Buffer.from(entryLine(entry))]));
  await writeHead(layout, entry, signer);
}
