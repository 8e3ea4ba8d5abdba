/** Length of the pieces that are put in another order, in readings of 10 ms. */
const pieceLength = 90;
/** No piece may lie this near to its own place, in readings. */
const nearest = 90;

/**
 * The same voice with its pieces of about a second in another order and every other one backwards: it sounds as often and as
 * suddenly as the real one, and belongs to no picture. `turn` chooses the order; the same turn gives the same order.
 *
 * FORENSIC: this is what the measured correlation is held against. No piece stays where it belongs or near it.
 */
export function mismatchedVoice(rise: Float32Array, turn: number): Float32Array {
  const pieces = Math.max(2, Math.round(rise.length / pieceLength));
  const edges = Array.from({ length: pieces + 1 }, (_, i) => Math.round((i * rise.length) / pieces));
  const random = congruence(turn);
  let order: number[] = [];
  let start = 0;
  // A short voice may have no order without a piece near its place; the last try stands then.
  for (let attempt = 0; attempt < 30; attempt++) {
    order = shuffled(pieces, random);
    start = Math.floor(random() * rise.length);
    if (isMismatched(order, edges, start, rise.length)) break;
  }
  const out = new Float32Array(rise.length);
  let at = start;
  order.forEach((piece, i) => {
    const from = edges[piece]!;
    const to = edges[piece + 1]!;
    for (let k = 0; k < to - from; k++) {
      // Played backwards, a fall is a rise.
      out[at % rise.length] = isBackwards(i) ? -rise[to - 1 - k]! : rise[from + k]!;
      at += 1;
    }
  });
  return out;
}

function isBackwards(index: number): boolean {
  return index % 2 === 1;
}

/** Whether every piece that is played forwards is further from its place than any lag that is searched. */
function isMismatched(order: readonly number[], edges: readonly number[], start: number, length: number): boolean {
  let at = start;
  return order.every((piece, i) => {
    const distance = Math.abs((at % length) - edges[piece]!);
    at += edges[piece + 1]! - edges[piece]!;
    return isBackwards(i) || Math.min(distance, length - distance) > nearest;
  });
}

function shuffled(n: number, random: () => number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Fixed pseudo-random numbers in [0, 1): a linear congruence (Numerical Recipes' constants). */
function congruence(seed: number): () => number {
  let state = (Math.imul(seed + 1, 2_654_435_761) + 12_345) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
