import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { caseFiles, inCase, type CaseLayout } from '../case-layout.ts';
import { parseHead, type CustodyPoint } from '../custody/custody-head.ts';
import type { Lying } from './list-files.ts';

/** Where a custody log ended when something was sealed that carries it: a report, here or in other hands. */
export interface SealedHead extends CustodyPoint {
  /** What carries it: `reports/R001/report.json`. */
  readonly source: string;
}

const Point = z.looseObject({
  custody: z.looseObject({ seq: z.number().int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
});

/**
 * The heads in the case's own reports: `custody` of report.json, and custody-head.json where a report has one. Also of
 * reports that no entry lists any more: that is what a cut-off log looks like. What is no such file gives no head.
 */
export async function sealedHeadsIn(layout: CaseLayout, lying: readonly Lying[]): Promise<readonly SealedHead[]> {
  const heads: SealedHead[] = [];
  for (const { path, kind } of lying) {
    const name = /^reports\/[^/]+\/(report\.json|custody-head\.json)$/.exec(path)?.[1];
    if (name === undefined || kind !== 'file') continue;
    try {
      const text = await readFile(inCase(layout, path), 'utf8');
      const point = name === caseFiles.custodyHead ? parseHead(text) : Point.parse(JSON.parse(text)).custody;
      if (point !== undefined) heads.push({ source: path, seq: point.seq, hash: point.hash });
    } catch {
      // Not a report of ours, or one that was changed: the checks of files say so.
    }
  }
  return heads;
}
