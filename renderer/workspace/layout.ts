import { z } from 'zod';

const Colour = z.enum(['grey', 'viridis', 'magma', 'cividis']);

/** What a viewer shows of a picture. */
export const LensChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('picture') }),
  /** A method's live lens with the parameters that the person changed. */
  z.strictObject({
    kind: z.literal('live'),
    method: z.string(),
    params: z.record(z.string(), z.unknown()),
    colour: Colour,
  }),
  /**
   * The difference to another frame: so many frames away, or a frame with its own number; of the same exhibit, or of
   * another one.
   */
  z.strictObject({
    kind: z.literal('difference'),
    exhibit: z.string().nullable(),
    frame: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('here'), offset: z.number().int() }),
      z.strictObject({ from: z.literal('start'), number: z.number().int().nonnegative() }),
    ]),
    gain: z.number().min(1).max(255),
    colour: Colour,
  }),
  /** A map that an examination kept, by method and title, over the picture. */
  z.strictObject({
    kind: z.literal('map'),
    method: z.string(),
    title: z.string(),
    opacity: z.number().min(0).max(1),
  }),
]);
export type LensChoice = z.infer<typeof LensChoice>;

export const ViewerChoice = z.strictObject({
  /** Exhibit that this viewer stays on; null follows the rail. */
  exhibit: z.string().nullable(),
  lens: LensChoice,
});
export type ViewerChoice = z.infer<typeof ViewerChoice>;

/** How the workspace is laid out. Widths in CSS pixels, the axis in percent of the height. */
export const Layout = z.strictObject({
  viewers: z.array(ViewerChoice).min(1).max(4),
  panel: z.string(),
  axisPercent: z.number().min(0).max(90),
  columnPixels: z.number().min(0).max(2000),
});
export type Layout = z.infer<typeof Layout>;

export const mostViewers = 4;

const picture: ViewerChoice = { exhibit: null, lens: { kind: 'picture' } };
const sounding: ViewerChoice = {
  exhibit: null,
  lens: { kind: 'map', method: 'av-sync', title: 'sounding-map', opacity: 0.6 },
};
const ela: ViewerChoice = { exhibit: null, lens: { kind: 'live', method: 'ela', params: {}, colour: 'grey' } };

/** The three layouts that are always there. */
export const presets = {
  triage: { viewers: [picture], panel: 'findings', axisPercent: 34, columnPixels: 360 },
  compare: { viewers: [picture, ela], panel: 'methods', axisPercent: 30, columnPixels: 360 },
  sync: { viewers: [sounding], panel: 'sync', axisPercent: 58, columnPixels: 360 },
} satisfies Record<string, Layout>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];

/** The layouts of the person's settings that can be read; others are left alone. */
export function ownLayouts(kept: Readonly<Record<string, unknown>>): ReadonlyMap<string, Layout> {
  const read = Object.entries(kept).map(([name, layout]) => [name, Layout.safeParse(layout)] as const);
  return new Map(read.flatMap(([name, { success, data }]) => (success ? [[name, data] as const] : [])));
}
