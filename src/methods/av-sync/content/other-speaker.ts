import { cellSize } from './grey-levels.ts';
import { lagProfile, type Candidate } from './lag-scan.ts';
import type { StretchMotion } from './scan-stretch.ts';

/** Nearer than this to the best place is the same mouth, analysed pixels. */
const nearPixels = 48;
/** What follows the best place more than this, at any of {@link shifts}, belongs to the same face: chin, cheeks, upper lip. */
const mostAlike = 0.4;
const shifts = 6;

/** The best score at each lag that any place reaches which moves on its own: another speaker's, if they have a lag of their own. */
export function scoreElsewhere(
  { candidates, rows, momentsMs }: Pick<StretchMotion, 'candidates' | 'rows' | 'momentsMs'>,
  best: number,
  voice: Float32Array,
  lagCount: number,
): Float32Array {
  const n = momentsMs.length;
  const rowOf = (index: number): Float32Array => rows.subarray(index * n, (index + 1) * n);
  const [x, y] = centre(candidates[best]!);
  const own = rowOf(best);
  const others = candidates.flatMap((candidate, index) => {
    const [cx, cy] = centre(candidate);
    if (Math.hypot(cx - x, cy - y) <= nearPixels) return [];
    return likeness(own, rowOf(index)) < mostAlike ? [index] : [];
  });
  const part = new Float32Array(others.length * n);
  others.forEach((index, i) => {
    part.set(rowOf(index), i * n);
  });
  return lagProfile(
    part,
    others.map((index) => candidates[index]!),
    voice,
    lagCount,
  ).score;
}

function centre({ level, row, column }: Candidate): readonly [x: number, y: number] {
  const size = cellSize * 2 ** level;
  return [(column + 0.5) * size, (row + 0.5) * size];
}

/** Largest correlation of two rows, of either sign, with one of them some frames later or earlier. */
function likeness(a: Float32Array, b: Float32Array): number {
  let [aa, bb] = [1e-9, 1e-9];
  for (let i = 0; i < a.length; i++) {
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  let most = 0;
  for (let shift = -shifts; shift <= shifts; shift++) {
    let sum = 0;
    for (let i = Math.max(0, -shift); i < Math.min(a.length, a.length - shift); i++) sum += a[i]! * b[i + shift]!;
    most = Math.max(most, Math.abs(sum));
  }
  return most / Math.sqrt(aa * bb);
}
