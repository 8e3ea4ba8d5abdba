import { z } from 'zod';

/** How the person wants the lanes, kept with the settings of the machine. */
export const LanePreferences = z.looseObject({
  /** Ids of lanes in the person's own order; others keep the place that they have by themselves. */
  order: z.array(z.string()).default([]),
  lanes: z
    .record(z.string(), z.looseObject({ hidden: z.boolean().optional(), height: z.number().optional() }))
    .default({}),
});
export type LanePreferences = z.infer<typeof LanePreferences>;

/** What the settings hold, or the default where it cannot be read. */
export function readPreferences(kept: unknown): LanePreferences {
  const read = LanePreferences.safeParse(kept ?? {});
  return read.success ? read.data : LanePreferences.parse({});
}

export const lowestLane = 28;
export const highestLane = 400;

/** Height of a lane in CSS pixels, within what can be read and what fits a screen. */
export function clampHeight(height: number): number {
  return Math.round(Math.min(highestLane, Math.max(lowestLane, height)));
}

/** The lanes in the person's order: a lane that the person moved stands where it was put, others keep their neighbours. */
export function orderedLanes<T extends { readonly id: string }>(lanes: readonly T[], order: readonly string[]): T[] {
  const place = new Map(order.map((id, at) => [id, at]));
  const moved = lanes.filter(({ id }) => place.has(id)).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  let next = 0;
  return lanes.map((lane) => (place.has(lane.id) ? (moved[next++] ?? lane) : lane));
}

/** The order with one lane moved by `by` places among those that are shown. */
export function movedLane(shown: readonly string[], id: string, by: number): string[] {
  const from = shown.indexOf(id);
  const to = Math.min(shown.length - 1, Math.max(0, from + by));
  if (from < 0 || from === to) return [...shown];
  const rest = shown.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}
