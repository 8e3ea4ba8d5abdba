import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A model with all that it is asked: every place with sound at every lag. */
export interface ModelRun {
  readonly model: Uint8Array;
  readonly pictureInput: string;
  readonly pictureShape: readonly number[];
  /** One picture tensor a place. */
  readonly pictures: readonly Float32Array[];
  readonly soundInput: string;
  /** For each place, one sound tensor a lag. */
  readonly sounds: readonly (readonly Float32Array[])[];
  readonly output: string;
}

/** Scores by place and lag, or why there are none. */
export type ModelAnswer =
  | { readonly status: 'ok'; readonly scores: readonly Float64Array[] }
  | { readonly status: 'no-runtime' | 'model-refused'; readonly message: string };

/** The part of onnxruntime-web that is used. */
interface Runtime {
  readonly env: { readonly wasm: { numThreads: number; proxy: boolean } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { executionProviders: string[] },
    ): Promise<{
      run(inputs: Record<string, object>): Promise<Record<string, { readonly data: ArrayLike<number> } | undefined>>;
      release(): Promise<void>;
    }>;
  };
}

/**
 * Kernel: runs a stranger's model on the CPU with one thread.
 *
 * SECURITY: the model is data to a WebAssembly program, which reaches neither files nor network; the program itself comes from
 * node_modules on this disk.
 */
export async function runModel(run: ModelRun): Promise<ModelAnswer> {
  let runtime: Runtime;
  try {
    runtime = await loadRuntime();
  } catch (error) {
    return { status: 'no-runtime', message: messageOf(error) };
  }
  try {
    const session = await runtime.InferenceSession.create(run.model, { executionProviders: ['wasm'] });
    const scores: Float64Array[] = [];
    for (const [place, picture] of run.pictures.entries()) {
      const seen = new runtime.Tensor('float32', picture, run.pictureShape);
      const row = new Float64Array(run.sounds[place]!.length);
      for (const [lag, sound] of run.sounds[place]!.entries()) {
        const heard = new runtime.Tensor('float32', sound, [1, sound.length]);
        const answer = (await session.run({ [run.pictureInput]: seen, [run.soundInput]: heard }))[run.output];
        const value = Number(answer?.data[0]);
        if (!Number.isFinite(value)) return { status: 'model-refused', message: `no finite number in ${run.output}` };
        row[lag] = value;
      }
      scores.push(row);
    }
    await session.release();
    return { status: 'ok', scores };
  } catch (error) {
    return { status: 'model-refused', message: messageOf(error) };
  }
}

/** onnxruntime-web is optional: where it is missing this fails, and everything else works. */
async function loadRuntime(): Promise<Runtime> {
  const path = createRequire(import.meta.url).resolve('onnxruntime-web');
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { default?: Runtime } & Runtime;
  const runtime = module.default ?? module;
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.proxy = false;
  return runtime;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
