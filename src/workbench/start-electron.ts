import { runElectron } from '../tools/run-electron.ts';
import type { Engine } from './engine.ts';

export interface ElectronWindowOptions {
  readonly executable: string;
  /** Case to open at the start. */
  readonly open?: string;
  readonly language: string;
  /** Electron, too, cannot keep its sandbox as root; there, and only there, it runs without. */
  readonly isRoot: boolean;
  readonly signal: AbortSignal;
}

/** Shows the window in Electron, as a process of its own with an engine of its own, until it closes. Its exit code. */
export function startElectron(engine: Engine, options: ElectronWindowOptions): Promise<number | null> {
  const { executable, open, language, isRoot, signal } = options;
  return runElectron({
    executable,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      // The package's own folder: its manifest names the window's entry and the app's name.
      engine.home,
      ...(open === undefined ? [] : ['--open', open]),
    ],
    env: { ...engine.env, ASSAY_LANGUAGE: language },
    signal,
  });
}
