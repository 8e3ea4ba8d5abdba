import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { caseFiles, type CaseLayout } from './case-layout.ts';
import { detailOf } from './custody/custody-action.ts';
import { sha256Hex } from './custody/custody-digest.ts';
import type { CustodyEntry } from './custody-entry.ts';
import { ExhibitRecord } from './exhibit-record.ts';

/** The exhibits of a case, as the custody log lists them. */
export interface ExhibitList {
  readonly records: () => readonly ExhibitRecord[];
  readonly damaged: () => readonly string[];
  readonly find: (id: string) => ExhibitRecord;
  readonly admit: (record: ExhibitRecord) => void;
}

/**
 * Reads the record of every exhibit that the custody log says was added. One whose record is missing or is not, to the
 * byte, what was recorded is listed as damaged and takes nothing else down.
 */
export async function loadExhibits(layout: CaseLayout, entries: readonly CustodyEntry[]): Promise<ExhibitList> {
  const records = new Map<string, ExhibitRecord>();
  const damaged: string[] = [];
  for (const entry of entries) {
    const added = detailOf(entry, 'exhibit.added');
    if (added === undefined) continue;
    const record = await readRecord(layout, entry.subject, added.files[caseFiles.exhibitRecord]);
    if (record === undefined) damaged.push(entry.subject);
    else records.set(record.id, record);
  }
  return {
    records: () => [...records.values()],
    damaged: () => damaged,
    find(id) {
      const record = records.get(id);
      if (record !== undefined) return record;
      if (damaged.includes(id))
        throw new AssayError('case-damaged', {
          path: layout.folder,
          file: `${caseFiles.exhibits}/${id}/${caseFiles.exhibitRecord}`,
        });
      throw new AssayError('unknown-name', { kind: 'exhibit', name: id, known: [...records.keys()].join(', ') });
    },
    admit: (record) => void records.set(record.id, record),
  };
}

async function readRecord(
  layout: CaseLayout,
  id: string,
  sha256: string | undefined,
): Promise<ExhibitRecord | undefined> {
  try {
    const text = await readFile(join(layout.exhibit(id), caseFiles.exhibitRecord));
    if (sha256Hex(text) !== sha256) return undefined;
    const record = ExhibitRecord.parse(JSON.parse(text.toString('utf8')));
    return record.id === id ? record : undefined;
  } catch {
    return undefined;
  }
}
