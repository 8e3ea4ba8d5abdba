import { join } from 'node:path';
import type { Text } from '../base/text.ts';
import type { WrittenReport } from '../contract/examined.ts';
import { shellLine } from '../base/shell-line.ts';

/** Where the report is, what its seal is worth, and how to check it. */
export function presentReport(report: WrittenReport, text: Text): string[] {
  return [
    text('cli:report.written', { id: report.id, html: report.html }),
    text('cli:report.pdf', { pdf: report.pdf }),
    ...(report.note === undefined ? [] : [text('cli:report.note', { note: report.note })]),
    text('cli:report.sealed', { signature: report.signature, manifest: report.manifest }),
    ...(report.practice ? [text('cli:report.practice')] : []),
    text('cli:report.check', { folder: shellLine([report.folder]) }),
    text('cli:report.withoutAssay', { howTo: join(report.folder, 'HOW-TO-VERIFY.txt') }),
  ];
}
