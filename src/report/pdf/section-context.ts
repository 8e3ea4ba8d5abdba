import type { Text } from '../../base/text.ts';
import type { Figure } from '../figures/figure.ts';
import type { ReportModel } from '../model/report-model.ts';
import type { BookmarkHolder } from './layout/heading.ts';
import type { Frame } from './layout/piece.ts';
import type { Tag } from './layout/tag.ts';
import type { Typesetter } from './layout/typesetter.ts';

/** What the sections of a PDF are made from. */
export interface PdfContext {
  readonly text: Text;
  readonly model: ReportModel;
  readonly figures: ReadonlyMap<string, Figure>;
  /** Number of a pictured artefact, the same as in the page. */
  readonly figureNumber: (artefactId: string) => number;
  readonly set: Typesetter;
  /** The width of the page between its margins. */
  readonly frame: Frame;
  readonly root: Tag;
  /** SHA-256 of report.json, lower-case hex. */
  readonly dataSha256: string;
}

/** A section of the report: its tag, and the bookmark that those of its parts stand under. */
export interface SectionPlace {
  readonly tag: Tag;
  readonly holder: BookmarkHolder;
}
