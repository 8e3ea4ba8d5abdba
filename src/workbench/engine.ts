import type { Text } from '../base/text.ts';
import type { KernelPool } from '../examination/kernel-pool.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { HeldCases } from './held-cases.ts';

/** What every operation stands on: the machine's programs, the app's own folders, the clock. One per process. */
export interface Engine {
  readonly version: string;
  /** Folder that holds the package's resources. */
  readonly home: string;
  /** Folder of the app's own state. */
  readonly state: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly toolbox: Toolbox;
  readonly kernels: KernelPool;
  readonly clock: () => Date;
  readonly randomUuid: () => string;
  /** Cases that a window keeps open, by folder; operations on them use the open one. */
  readonly held: HeldCases;
  /** The words of one language, loaded once. */
  text(language: string): Promise<Text>;
  close(): Promise<void>;
}
