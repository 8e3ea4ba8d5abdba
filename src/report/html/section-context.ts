import type { Text } from '../../base/text.ts';
import type { Figure } from '../figures/figure.ts';
import type { ReportModel } from '../model/report-model.ts';

/** What the sections of a page are made from. */
export interface SectionContext {
  readonly text: Text;
  readonly model: ReportModel;
  readonly figures: ReadonlyMap<string, Figure>;
  /** Number of a pictured artefact in the order in which the page shows them, by id; the same artefact keeps its number. */
  readonly figureNumber: (artefactId: string) => number;
}
