/** Where sound does not belong to the face in the picture. */
export type Stranger = 'silence' | 'other-voice' | 'music' | 'room' | 'none';

/**
 * A stretch of the sound. With a source, its sample k is the speaker's sample `sourceStart + k·rate`, counted from the
 * clip's first instant; otherwise it says what is heard instead.
 */
export interface SoundSpan {
  readonly length: number;
  readonly source: { readonly start: number; readonly rate: number } | { readonly stranger: Stranger };
}

/** Spans without gaps, in order: where each sample of a sound comes from. */
export type SoundMap = readonly SoundSpan[];

function part(span: SoundSpan, from: number, length: number): SoundSpan {
  const { source } = span;
  if ('stranger' in source) return { length, source };
  return { length, source: { start: source.start + from * source.rate, rate: source.rate } };
}

function continues(a: SoundSpan, b: SoundSpan): boolean {
  if ('stranger' in a.source) return 'stranger' in b.source && a.source.stranger === b.source.stranger;
  if ('stranger' in b.source || a.source.rate !== b.source.rate) return false;
  return Math.abs(a.source.start + a.length * a.source.rate - b.source.start) < 1e-6;
}

/** Joins maps end to end, merging spans that go on without a seam and dropping empty ones. */
export function joinMaps(...maps: readonly SoundMap[]): SoundMap {
  const joined: SoundSpan[] = [];
  for (const span of maps.flat()) {
    const last = joined.at(-1);
    if (span.length === 0) continue;
    if (last !== undefined && continues(last, span))
      joined[joined.length - 1] = { ...last, length: last.length + span.length };
    else joined.push(span);
  }
  return joined;
}

/** Samples [from, to) of a map. */
export function sliceMap(map: SoundMap, from: number, to: number): SoundMap {
  const cut: SoundSpan[] = [];
  let start = 0;
  for (const span of map) {
    const low = Math.max(from, start);
    const high = Math.min(to, start + span.length);
    if (high > low) cut.push(part(span, low - start, high - low));
    start += span.length;
  }
  return cut;
}

/** The map of a sound that is read `factor` times as fast; `length` samples of it. */
export function stretchMap(map: SoundMap, factor: number, length: number): SoundMap {
  const stretched: SoundSpan[] = [];
  let end = 0;
  let start = 0;
  for (const span of map) {
    start += span.length;
    const newEnd = Math.min(length, Math.round(start / factor));
    const newLength = newEnd - end;
    const { source } = span;
    const lag = end * factor - (start - span.length);
    stretched.push({
      length: newLength,
      source: 'stranger' in source ? source : { start: source.start + lag * source.rate, rate: source.rate * factor },
    });
    end = newEnd;
  }
  return joinMaps(stretched);
}
