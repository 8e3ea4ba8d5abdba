/** An exact fraction. Media times stay in their container's time base until they are shown. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** Ticks of a time base as milliseconds (floating point, for showing and for measures only). */
export function ticksToMs(ticks: number, timeBase: Rational): number {
  return (ticks * timeBase.num * 1000) / timeBase.den;
}

/** Reads ffprobe's `num/den` or `num:den`; undefined for anything else, including a zero denominator. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(-?\d+)[/:](\d+)$/.exec(text);
  if (!match) return undefined;
  const num = Number(match[1]);
  const den = Number(match[2]);
  return den === 0 ? undefined : { num, den };
}
