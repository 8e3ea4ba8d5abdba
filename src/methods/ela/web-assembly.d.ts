/** The parts of the WebAssembly JavaScript Interface that the engine uses: Node has them, but no types for them. */
declare namespace WebAssembly {
  /** Compiled code; opaque. */
  type Module = object;
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Instance: new (module: Module) => Instance;
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
}
