import { silent } from '../src/base/progress.ts';
import { openKernelPool } from '../src/examination/kernel-pool.ts';
import { readPicture } from '../src/media/picture.ts';
import { encodePng } from '../src/media/png.ts';
import { errorLevels, type ErrorLevelSettings } from '../src/methods/ela/error-levels.ts';
import { mapCompression } from '../src/methods/ela/keep-maps.ts';

export interface ElaBench {
  /** Seconds from the file to the map in memory, and to its PNG; and the map's mean level. */
  run(path: string): Promise<{ raw: number; png: number; mean: number }>;
  close(): Promise<void>;
}

/** Error levels as the method works them out, with block statistics, in worker threads. */
export function openElaBench(threads: number, settings: ErrorLevelSettings): ElaBench {
  const pool = openKernelPool(threads);
  const signal = new AbortController().signal;
  const compute = <T>(kernel: string, input: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> =>
    pool.run<T>({ method: 'ela', kernel, input }, transfer, signal);
  return {
    async run(path) {
      const started = performance.now();
      const picture = await readPicture(path);
      if (picture.status !== 'ok') throw new Error(picture.reason);
      const { width, height } = picture.value;
      const levels = await errorLevels(picture.value, settings, { compute, signal, progress: silent });
      const { map } = levels;
      const raw = performance.now();
      await encodePng({ width, height, channels: settings.channels === 'rgb' ? 3 : 1, data: map }, mapCompression);
      const png = performance.now();
      let sum = 0;
      for (const level of map) sum += level;
      return { raw: (raw - started) / 1000, png: (png - started) / 1000, mean: sum / map.length };
    },
    close: () => pool.close(),
  };
}
