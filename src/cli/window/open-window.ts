import { AssayError } from '../../base/errors.ts';
import { visibleText } from '../../base/visible-text.ts';
import { createWorkbench } from '../../workbench/create-workbench.ts';
import type { Engine } from '../../workbench/engine.ts';
import { startElectron } from '../../workbench/start-electron.ts';
import type { WindowChoice } from './choose-window.ts';
import { openChromiumWindow, type ChromiumWindow, type ChromiumWindowOptions } from './chromium-window.ts';

export interface OpenWindowOptions {
  readonly choice: WindowChoice;
  /** Case to open at the start. */
  readonly open?: string;
  readonly language: string;
  readonly isRoot: boolean;
  /** Closes the window in order. */
  readonly signal: AbortSignal;
  /** Told that the browser does not start without a network interface, and why. */
  readonly onNamespaceFailed: (reason: string) => void;
  /** Told that the page crashed; a new window is on its way. */
  readonly onCrash: () => void;
  readonly onDefect: (error: unknown) => void;
}

const mostCrashes = 3;

/**
 * Shows the window in the chosen program and waits until the person, or the signal, closes it.
 *
 * @throws AssayError `window-failed` where the program cannot show it
 */
export async function openWindow(engine: Engine, options: OpenWindowOptions): Promise<void> {
  await (options.choice.kind === 'electron' ? inElectron(engine, options) : inChromium(engine, options));
}

async function inElectron(engine: Engine, options: OpenWindowOptions): Promise<void> {
  const { choice, open, language, isRoot, signal } = options;
  const { executable } = choice;
  const given = open === undefined ? {} : { open };
  const code = await startElectron(engine, { executable, language, isRoot, signal, ...given });
  if (code !== 0 && !signal.aborted)
    throw new AssayError('window-failed', { window: 'Electron', reason: `it ended with ${code ?? 'a signal'}` });
}

async function inChromium(engine: Engine, options: OpenWindowOptions): Promise<void> {
  const { choice, open, language, isRoot, signal, onCrash, onDefect } = options;
  const workbench = createWorkbench({ engine, language, ...(open === undefined ? {} : { open }) });
  const { handle } = workbench;
  try {
    const { bubblewrap, executable, wayland } = choice;
    const given = { executable, handle, isRoot, wayland, onDefect };
    for (let crashes = 0; ;) {
      const window = await withOrWithoutNamespace(given, bubblewrap, options);
      const how = await Promise.race([window.ended, aborted(signal)]);
      await window.close();
      if (how !== 'crashed') return;
      // The engine and the case are whole: the person gets a new window on them.
      crashes += 1;
      if (crashes === mostCrashes) throw new AssayError('window-failed', { window: 'Chromium', reason: 'SIGSEGV' });
      onCrash();
    }
  } finally {
    await workbench.close();
  }
}

/**
 * Some systems let bubblewrap take the network away and then forbid the browser its own sandbox inside. SECURITY: the
 * browser's sandbox is worth more than the second wall around its network, so the namespace is what is given up, and said.
 */
async function withOrWithoutNamespace(
  window: ChromiumWindowOptions,
  bubblewrap: string | undefined,
  { onNamespaceFailed }: OpenWindowOptions,
): Promise<ChromiumWindow> {
  if (bubblewrap !== undefined) {
    try {
      return await openChromiumWindow({ ...window, bubblewrap });
    } catch (error) {
      onNamespaceFailed(reasonOf(error));
    }
  }
  try {
    return await openChromiumWindow(window);
  } catch (cause) {
    throw new AssayError('window-failed', { window: 'Chromium', reason: reasonOf(cause) }, { cause });
  }
}

/** The line of a browser's long farewell that says why it does not start. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = ''] = message.split('\n', 1);
  const said = [...message.matchAll(/\[err\] (.*)/g)].map(([, line = '']) => line.replace(/^\[[^\]]*\] /, ''));
  const telling = said.find((line) => /sandbox|display|fatal|namespace|bwrap/i.test(line)) ?? said.at(-1) ?? first;
  return visibleText(telling).slice(0, 300);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
