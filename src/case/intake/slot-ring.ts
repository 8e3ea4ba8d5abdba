/** Buffers that are filled by reads and emptied by several readers at once, on shared memory. */
export interface SlotRing {
  readonly memory: SharedArrayBuffer;
  readonly slotBytes: number;
  /** A slot that nobody uses; waits for one. */
  take(): Promise<Slot>;
  give(slot: Slot): void;
}

export interface Slot {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The only part of the WebAssembly interface that is used here; Node's own types leave it to those of browsers. */
interface WebAssemblyMemory {
  readonly WebAssembly: {
    readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => {
      readonly buffer: SharedArrayBuffer;
    };
  };
}

const pageBytes = 65_536;

/**
 * Makes a ring of `count` slots of `slotBytes` each (a multiple of 64 KiB).
 *
 * The memory is that of an empty WebAssembly module because it alone is promised to start on a page: reading past the
 * page cache (O_DIRECT) needs aligned buffers, and Node has no other way to ask for one.
 */
export function openSlotRing(slotBytes: number, count: number): SlotRing {
  const pages = (slotBytes / pageBytes) * count;
  const { WebAssembly } = globalThis as unknown as WebAssemblyMemory;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
  const free: Slot[] = Array.from({ length: count }, (_, index) => ({
    offset: index * slotBytes,
    bytes: Buffer.from(memory, index * slotBytes, slotBytes),
  }));
  const waiting: ((slot: Slot) => void)[] = [];
  return {
    memory,
    slotBytes,
    take() {
      const slot = free.shift();
      return slot === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(slot);
    },
    give(slot) {
      const next = waiting.shift();
      if (next === undefined) free.push(slot);
      else next(slot);
    },
  };
}
