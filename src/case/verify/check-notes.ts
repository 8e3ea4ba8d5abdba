import { readFile } from 'node:fs/promises';
import { caseFiles, type CaseLayout } from '../case-layout.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import { systemCode } from '../file-problem.ts';
import { recordedLines } from '../note-log.ts';
import type { CheckList } from './check-list.ts';

/** Checks notes.jsonl, line by line, against the notes that the custody log holds. */
export async function checkNotes(
  layout: CaseLayout,
  entries: readonly CustodyEntry[],
  checks: CheckList,
): Promise<void> {
  const due = recordedLines(entries);
  const file = caseFiles.notes;
  let text: string;
  try {
    text = (await readFile(layout.notes)).toString('latin1');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    if (code !== 'ENOENT') {
      checks.failed('integrity', 'file-unreadable', file, { reason: code });
      return;
    }
    text = '';
  }
  // Compared as bytes, each as one character, so that nothing that is not UTF-8 passes for something else.
  const dueLines = due.map((line) => Buffer.from(line).toString('latin1'));
  const dueText = dueLines.map((line) => `${line}\n`).join('');
  if (text === dueText) {
    if (due.length > 0) checks.passed('integrity', 'notes', file, { notes: due.length });
    return;
  }
  // A kill between a note's custody entry and its line in the file: the entry is the log's last, and only that line is short.
  const isKilled = entries.at(-1)?.action === 'note.added' && dueText.startsWith(text);
  if (isKilled && text.length >= dueText.length - (dueLines.at(-1) ?? '').length - 1) {
    checks.notChecked('integrity', 'notes-behind', file, { notes: due.length });
    return;
  }
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  if (rest !== '') lines.push(rest);
  for (const [index, line] of lines.entries()) {
    const subject = `${file}#${String(index)}`;
    if (dueLines[index] === undefined) checks.failed('integrity', 'note-unlisted', subject, { line: index });
    else if (dueLines[index] !== line) checks.failed('integrity', 'note-changed', subject, { line: index });
  }
  if (lines.length < due.length || (rest !== '' && lines.length === due.length))
    checks.failed('integrity', 'note-missing', file, { notes: due.length, found: lines.length });
}
