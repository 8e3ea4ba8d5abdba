export interface Amplify {
  readonly map: Uint8Array;
  readonly scale: number;
}

/** Kernel: every level times `scale`, rounded and held at 255. Works in place and gives the same array back. */
export function amplify({ map, scale }: Amplify): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, level) => Math.min(255, Math.round(level * scale)));
  for (let i = 0; i < map.length; i += 1) map[i] = table[map[i]!]!;
  return map;
}
