/** A piece of WebAssembly code: opcodes and their immediates (WebAssembly Core Specification 2.0, §5.4). */
export type Code = readonly number[];

/** Unsigned LEB128, as all indices, sizes and offsets are written. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128, as constants are written. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const vector = (opcode: number, ...immediates: number[]): Code => [0xfd, ...unsigned(opcode), ...immediates];
const emptyBlock = 0x40;
const end = 0x0b;

export const i32 = 0x7f;
export const v128 = 0x7b;

/** The instructions that the kernels are made of, by their names in the specification. Operands come before them, as on a stack. */
export const op = {
  localGet: (index: number): Code => [0x20, ...unsigned(index)],
  localSet: (index: number): Code => [0x21, ...unsigned(index)],
  i32Const: (value: number): Code => [0x41, ...signed(value)],
  i32Add: [0x6a] as Code,
  i32Sub: [0x6b] as Code,
  i32Popcnt: [0x69] as Code,
  /** Goes back to its own start when what is left on the stack is not zero. */
  loopWhile: (...body: readonly Code[]): Code => [0x03, emptyBlock, ...body.flat(), 0x0d, 0, end],
  ifElse: (then: Code, otherwise: Code): Code => [0x04, emptyBlock, ...then, 0x05, ...otherwise, end],
  v128Load: (offset = 0): Code => vector(0, 0, ...unsigned(offset)),
  v128Store: (offset = 0): Code => vector(11, 0, ...unsigned(offset)),
  v128Const: (lanes: readonly number[]): Code => vector(12, ...lanes),
  v128Or: vector(80),
  i8x16Shuffle: (lanes: readonly number[]): Code => vector(13, ...lanes),
  i8x16Eq: vector(35),
  i8x16Bitmask: vector(100),
  i8x16SubSatU: vector(115),
  i8x16MaxU: vector(121),
  i16x8ExtaddPairwiseI8x16U: vector(125),
  i16x8Add: vector(142),
} as const;

export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** Types of further locals; parameters are all i32 and come first. */
  readonly locals: readonly number[];
  readonly body: readonly Code[];
}

/** A module with one exported function (i32 parameters, one i32 result) and a memory `memory` that it exports. */
export function assembleModule(
  { name, parameters, locals, body }: WasmFunction,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
  const text = (value: string): number[] => [...unsigned(value.length), ...Buffer.from(value, 'latin1')];
  const localGroups = [...unsigned(locals.length), ...locals.flatMap((type) => [1, type])];
  const code = [...localGroups, ...body.flat(), end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...unsigned(parameters), ...Array.from({ length: parameters }, () => i32), 1, i32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...text('memory'), 2, 0, ...text(name), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
