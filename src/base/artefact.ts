import { z } from 'zod';
import { Unit } from './finding.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const Stored = {
  /** Stable within the examination: `ela-map`, `packet-sizes-0`. Its title is `artefacts.<title>` in the method's locale. */
  name: z.string(),
  title: z.string(),
  /** Values for the title's sentence. */
  details: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  sha256: Sha256,
  sizeBytes: z.number().int().nonnegative(),
  mediaType: z.string(),
  /** File name beside result.json: `<sha256>.<ext>`. */
  file: z.string(),
};

/** A quantity along an axis. Stored as JSON columns (`application/json`), NumPy `.npy` (`application/x-npy`) or `audio/wav`. */
export const SeriesArtefact = z.strictObject({
  kind: z.literal('series'),
  ...Stored,
  /** Column 0 is the axis. JSON form: `{ "columns": { "<id>": number[] } }`; npy form: one 2-D array, a row a sample. */
  columns: z.array(z.strictObject({ id: z.string(), unit: Unit })),
  length: z.number().int().nonnegative(),
  /** How a window should draw it. */
  draw: z.enum(['line', 'bars', 'steps', 'envelope', 'points']),
  /** Stream it belongs to and coarseness level, where there are several (0 = finest). */
  stream: z.number().int().optional(),
  level: z.number().int().optional(),
});

/** A raster: a picture, or a quantity over the picture's area or over time × frequency. PNG (8 or 16 bit). */
export const MapArtefact = z.strictObject({
  kind: z.literal('map'),
  ...Stored,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** `picture`: shown as it is. Others: grey levels 0…full scale mean legend.min…legend.max. */
  scale: z.enum(['picture', 'grey', 'viridis', 'magma', 'cividis']),
  legend: z.strictObject({ min: z.number(), max: z.number(), unit: Unit, label: z.string() }).optional(),
  /** What the raster lies over: a decoded frame or still, or a time × frequency plane, or nothing (a sheet). */
  over: z
    .discriminatedUnion('plane', [
      z.strictObject({ plane: z.literal('picture'), frame: z.number().int().nonnegative().optional() }),
      z.strictObject({
        plane: z.literal('time-frequency'),
        startMs: z.number(),
        endMs: z.number(),
        minHz: z.number(),
        maxHz: z.number(),
        stream: z.number().int(),
      }),
    ])
    .optional(),
});

/** Rows and columns. JSON: `{ "columns": [ids], "rows": [[…]] }`; a cell is a string, number, boolean or null. */
export const TableArtefact = z.strictObject({
  kind: z.literal('table'),
  ...Stored,
  columns: z.array(z.strictObject({ id: z.string(), unit: Unit })),
  rows: z.number().int().nonnegative(),
  /** Column that holds the depth of a row in a tree, where the table is one. */
  depthColumn: z.string().optional(),
});

/** Moments and spans on the time axis. JSON: `{ "events": [{ startMs, endMs?, label, … }] }`, ordered by startMs. */
export const EventArtefact = z.strictObject({
  kind: z.literal('event'),
  ...Stored,
  count: z.number().int().nonnegative(),
});

/** The four kinds of result. Extracted sound is a series whose media type is `audio/wav`; a thumbnail is a map of scale `picture`. */
export const Artefact = z.discriminatedUnion('kind', [SeriesArtefact, MapArtefact, TableArtefact, EventArtefact]);
export type Artefact = z.infer<typeof Artefact>;
export type SeriesArtefact = z.infer<typeof SeriesArtefact>;
export type MapArtefact = z.infer<typeof MapArtefact>;
export type TableArtefact = z.infer<typeof TableArtefact>;
export type EventArtefact = z.infer<typeof EventArtefact>;
