import type { EventArtefact, SeriesArtefact } from '../../base/artefact.ts';
import type { Unit } from '../../base/finding.ts';

/** A raster ready for showing: colours applied, and made smaller where it is large. */
export interface PictureFigure {
  readonly kind: 'picture';
  readonly png: Uint8Array;
  readonly shownWidth: number;
  readonly shownHeight: number;
  readonly fullWidth: number;
  readonly fullHeight: number;
}

export interface PlotColumn {
  readonly id: string;
  readonly heading: string;
  readonly unit: Unit;
  /** NaN where there is no value. */
  readonly values: Float64Array;
}

/** A series as columns; the first is the axis. */
export interface PlotFigure {
  readonly kind: 'plot';
  readonly draw: SeriesArtefact['draw'];
  readonly columns: readonly PlotColumn[];
}

export type Cell = string | number | boolean | null;

export interface TableFigure {
  readonly kind: 'table';
  readonly rows: readonly (readonly Cell[])[];
  /** Rows of the whole table; `rows` may be its beginning. */
  readonly total: number;
}

export interface TimeMark {
  readonly startMs: number;
  readonly endMs?: number;
  readonly label: string;
}

export interface MarksFigure {
  readonly kind: 'marks';
  readonly marks: readonly TimeMark[];
  readonly total: EventArtefact['count'];
}

/** What stands in an artefact's place when it could not be shown: `report:figures.unreadable.<reason>`. */
export interface UnreadableFigure {
  readonly kind: 'unreadable';
  readonly reason: 'missing' | 'changed' | 'not-decodable';
}

/** A pictured artefact, independent of how it is rendered: HTML draws it as SVG and PNG, a PDF as vectors. */
export type Figure = PictureFigure | PlotFigure | TableFigure | MarksFigure | UnreadableFigure;
