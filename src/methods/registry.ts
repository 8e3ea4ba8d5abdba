import type { Method } from './method.ts';

/** The one list of methods, in the order in which windows and reports show them. Each is loaded when it is first used. */
const loaders: Readonly<Record<string, () => Promise<Method>>> = {
  'file-type': async () => (await import('./file-type/method.ts')).fileType,
  'known-files': async () => (await import('./known-files/method.ts')).knownFiles,
  metadata: async () => (await import('./metadata/method.ts')).metadata,
  container: async () => (await import('./container/method.ts')).container,
  packets: async () => (await import('./packets/method.ts')).packets,
  frames: async () => (await import('./frames/method.ts')).frames,
  audio: async () => (await import('./audio/method.ts')).audio,
  'av-sync': async () => (await import('./av-sync/method.ts')).avSync,
  ela: async () => (await import('./ela/method.ts')).ela,
};

export const methodIds: readonly string[] = Object.keys(loaders);

/** The method with this id; undefined where there is none. */
export async function loadMethod(id: string): Promise<Method | undefined> {
  return loaders[id]?.();
}
