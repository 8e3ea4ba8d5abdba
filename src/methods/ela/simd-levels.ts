import { assembleModule, i32, op, v128, type Code } from './assemble-wasm.ts';

/** What one call works on; all numbers are byte places in the memory, or counts. */
export interface SimdLevels {
  readonly memory: WebAssembly.Memory;
  /**
   * Absolute differences of `rows` rows of `vectors` × 16 pixels. Writes the map (three bytes a pixel when `colour` is 1, else the
   * largest), adds pairs of neighbouring levels to eight 16-bit sums per vector at `sums`, keeps the largest of each column at
   * `largest` (16 bytes a vector), and gives the number of pixels of level 0.
   */
  readonly levels: (
    before: number,
    after: number,
    map: number,
    sums: number,
    largest: number,
    vectors: number,
    rows: number,
    stride: number,
    mapStride: number,
    colour: number,
  ) => number;
}

/** Pixels that one step handles: 16 levels, out of 48 bytes of red, green, blue. */
export const vectorPixels = 16;
const pageBytes = 65_536;

// Parameters, then locals, in the order in which WebAssembly numbers them.
const [before, after, map, sums, largest, vectors, rows, stride, mapStride, colour] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const [left, source, target, place, sumAt, largestAt, unchanged] = [10, 11, 12, 13, 14, 15, 16];
const [a, b, d0, d1, d2, level] = [17, 18, 19, 20, 21, 22];

const get = op.localGet;
const set = op.localSet;
const advance = (local: number, bytes: number): Code => [
  ...get(local),
  ...op.i32Const(bytes),
  ...op.i32Add,
  ...set(local),
];
const advanceBy = (local: number, by: number): Code => [...get(local), ...get(by), ...op.i32Add, ...set(local)];

/** |a − b| of 16 bytes: one of the two differences that stop at zero is zero. */
function difference(offset: number, into: number): Code {
  return [
    ...[get(source), op.v128Load(offset), set(a), get(target), op.v128Load(offset), set(b)].flat(),
    ...[get(a), get(b), op.i8x16SubSatU, get(b), get(a), op.i8x16SubSatU, op.v128Or, set(into)].flat(),
  ];
}

/** Every third of 48 bytes from `first` on, out of three vectors. Lanes of a shuffle count on into its second operand. */
function channel(first: number): Code {
  const places = Array.from({ length: vectorPixels }, (_, pixel) => pixel * 3 + first);
  const ofTwo = places.map((byte) => (byte < 32 ? byte : 0));
  const ofThird = places.map((byte, pixel) => (byte < 32 ? pixel : byte - 32 + 16));
  return [get(d0), get(d1), op.i8x16Shuffle(ofTwo), get(d2), op.i8x16Shuffle(ofThird)].flat();
}

const store = (at: number, value: number, offset = 0): Code => [...get(at), ...get(value), ...op.v128Store(offset)];

const oneVector: readonly Code[] = [
  difference(0, d0),
  difference(16, d1),
  difference(32, d2),
  [...channel(0), ...channel(1), ...op.i8x16MaxU, ...channel(2), ...op.i8x16MaxU, ...set(level)],
  get(colour),
  op.ifElse(
    [...store(place, d0), ...store(place, d1, 16), ...store(place, d2, 32), ...advance(place, 48)],
    [...store(place, level), ...advance(place, 16)],
  ),
  [...get(sumAt), ...get(sumAt), ...op.v128Load(), ...get(level), ...op.i16x8ExtaddPairwiseI8x16U, ...op.i16x8Add],
  op.v128Store(),
  [...get(largestAt), ...get(largestAt), ...op.v128Load(), ...get(level), ...op.i8x16MaxU, ...op.v128Store()],
  [...get(unchanged), ...get(level), ...op.v128Const(Array.from({ length: 16 }, () => 0)), ...op.i8x16Eq],
  [...op.i8x16Bitmask, ...op.i32Popcnt, ...op.i32Add, ...set(unchanged)],
  [...advance(source, 48), ...advance(target, 48), ...advance(sumAt, 16), ...advance(largestAt, 16)],
  [...get(left), ...op.i32Const(1), ...op.i32Sub, ...set(left), ...get(left)],
];

const oneRow: readonly Code[] = [
  [before, source, after, target, map, place, sums, sumAt, largest, largestAt, vectors, left].flatMap((local, index) =>
    index % 2 === 0 ? get(local) : set(local),
  ),
  op.loopWhile(...oneVector),
  [...advanceBy(before, stride), ...advanceBy(after, stride), ...advanceBy(map, mapStride)],
  [...get(rows), ...op.i32Const(1), ...op.i32Sub, ...set(rows), ...get(rows)],
];

const code = assembleModule(
  {
    name: 'levels',
    parameters: 10,
    locals: [i32, i32, i32, i32, i32, i32, i32, v128, v128, v128, v128, v128, v128],
    body: [op.loopWhile(...oneRow), get(unchanged)],
  },
  1,
);

const module = compiled();

/** Undefined on a processor without vector instructions (older than about 2008). */
function compiled(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(code);
  } catch {
    return undefined;
  }
}

/** The kernel with a memory of at least so many bytes, all zero; undefined where the processor has no vectors. */
export function openSimdLevels(memoryBytes: number): SimdLevels | undefined {
  if (module === undefined) return undefined;
  const { exports } = new WebAssembly.Instance(module);
  const { memory, levels } = exports as unknown as SimdLevels;
  const missing = Math.ceil(memoryBytes / pageBytes) - memory.buffer.byteLength / pageBytes;
  if (missing > 0) memory.grow(missing);
  return { memory, levels };
}
