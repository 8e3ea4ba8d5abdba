import { resolve } from 'node:path';
import { describeFinding } from '../../../src/base/describe-finding.ts';
import { createText, type Text } from '../../../src/base/text.ts';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';
import type { MethodRunInTest } from '../../support/run-method.ts';

let english: Promise<Text> | undefined;

/** The English words; a missing text or value throws. */
export function strictEnglish(): Promise<Text> {
  return (english ??= loadCatalogues(resolve(import.meta.dirname, '../../../resources'), 'en').then((catalogues) =>
    createText(catalogues, 'en', { onMissing: 'throw' }),
  ));
}

/** Every finding, artefact, column and measure of a run in words; throws where one has none. Gives the observations. */
export async function sayAll(methodId: string, run: MethodRunInTest): Promise<string[]> {
  const text = await strictEnglish();
  const label = (group: string, key: string) => text(`methods/${methodId}:${group}.${key}`);
  for (const { artefact } of run.artefacts.values()) {
    text(`methods/${methodId}:artefacts.${artefact.title}`, artefact.details);
    if ('columns' in artefact) for (const column of artefact.columns) label('columns', column.id);
    if (artefact.kind === 'map' && artefact.legend) label('measures', artefact.legend.label);
  }
  if (run.result?.status === 'not-completed') label('reasons', run.result.reason);
  return run.findings.map((finding) => {
    for (const name of Object.keys(finding.measures)) label('measures', name);
    for (const name of finding.artefacts)
      if (!run.artefacts.has(name)) throw new Error(`${finding.code} points at ${name}, which is not there`);
    return describeFinding(text, methodId, finding).observation;
  });
}
