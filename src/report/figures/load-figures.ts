import { createHash } from 'node:crypto';
import { openGiveBack } from '../../base/give-back.ts';
import type { MethodText } from '../model/method-text.ts';
import type { ReportArtefact, ReportModel } from '../model/report-model.ts';
import { eventFigure } from './event-figure.ts';
import type { Figure } from './figure.ts';
import { mapFigure } from './map-figure.ts';
import { seriesFigure } from './series-figure.ts';
import { tableFigure } from './table-figure.ts';

/** Reads the bytes of an artefact: by exhibit, examination key and file name. */
export type ArtefactReader = (exhibit: string, key: string, file: string) => Promise<Uint8Array>;

/**
 * Every artefact that the model pictures, ready for drawing, by id. One that is gone, changed or cannot be decoded becomes an
 * `unreadable` figure, which the report shows in its place: one bad thumbnail never stops a report.
 */
export async function loadFigures(
  model: ReportModel,
  read: ArtefactReader,
  methodText: (id: string) => MethodText,
): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>();
  const giveBack = openGiveBack();
  for (const exhibit of model.exhibits)
    for (const { key, method, artefacts } of exhibit.examinations)
      for (const artefact of artefacts)
        if (artefact.shown !== 'listed')
          // One after another: pictures are large, and a report has time.
          figures.set(
            artefact.id,
            await loadFigure(
              artefact,
              () => read(exhibit.id, key, artefact.artefact.file),
              methodText(method.id),
              giveBack,
            ),
          );
  return figures;
}

/** Artefacts from this size on leave enough behind to be collected before the drawing begins, where Node was started for it. */
const longBytes = 1024 * 1024;

async function loadFigure(
  artefact: ReportArtefact,
  read: () => Promise<Uint8Array>,
  method: MethodText,
  giveBack: (array: ArrayBufferView) => void,
): Promise<Figure> {
  let bytes: Uint8Array;
  try {
    bytes = await read();
  } catch {
    return { kind: 'unreadable', reason: 'missing' };
  }
  // FORENSIC: a picture in a report is the artefact that the result names, or it is not shown.
  if (createHash('sha256').update(bytes).digest('hex') !== artefact.artefact.sha256)
    return { kind: 'unreadable', reason: 'changed' };
  const figure = await decodeFigure(artefact, bytes, method, giveBack);
  // An hour of film has ten megabytes of packets and a table of all frames, and a figure keeps what it draws.
  const wasLong = bytes.length >= longBytes;
  giveBack(bytes);
  if (wasLong) globalThis.gc?.();
  return figure;
}

async function decodeFigure(
  artefact: ReportArtefact,
  bytes: Uint8Array,
  method: MethodText,
  giveBack: (array: ArrayBufferView) => void,
): Promise<Figure> {
  try {
    switch (artefact.artefact.kind) {
      case 'map':
        return await mapFigure(artefact.artefact, bytes);
      case 'series':
        return seriesFigure(artefact.artefact, artefact.columns, bytes, giveBack);
      case 'table':
        return tableFigure(artefact.artefact, bytes);
      case 'event':
        return eventFigure(artefact.artefact, bytes, method);
    }
  } catch {
    return { kind: 'unreadable', reason: 'not-decodable' };
  }
}
