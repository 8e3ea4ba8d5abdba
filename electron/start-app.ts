import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as electronModule from 'electron';
import type { BrowserWindow } from 'electron';
import { isAssayError } from '../src/base/errors.ts';
import { visibleText } from '../src/base/visible-text.ts';
import { createEngine } from '../src/workbench/create-engine.ts';
import { createWorkbench, type Workbench } from '../src/workbench/create-workbench.ts';
import type { Engine } from '../src/workbench/engine.ts';
import { packageFolder } from '../src/workbench/package-folder.ts';
import { stateFolder } from '../src/workbench/state-folder.ts';
import { answerChoosePaths } from './choose-paths.ts';
import { caseToOpen } from './launch-arguments.ts';
import { windowOrigin, windowScheme } from './origin.ts';
import { hardenApp, hardenSession, schemeOptions, withPolicy } from './security.ts';
import { menuTemplate, sessionName, windowOptions } from './window-options.ts';

export type Electron = Pick<
  typeof electronModule,
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'protocol' | 'session'
>;

/** What the app takes from the process it runs in. */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Folder of the built main process; the preload lies beside it. */
  readonly folder: string;
  /** Where a packaged app keeps its external programs. */
  readonly resourcesFolder: string;
  readonly onSignal: (close: () => void) => void;
  readonly say: (line: string) => void;
}

const environmentError = 3;

/** Shows the window in Electron: one instance, one window, every request answered by the workbench. */
export async function startApp(electron: Electron, host: Host): Promise<void> {
  const { app, protocol } = electron;
  // All this before the first await: Electron takes it only until it is ready.
  protocol.registerSchemesAsPrivileged([schemeOptions]);
  hardenApp(app, host);
  const home = packageFolder(host.folder);
  const userData = join(stateFolder(host.env, host.platform), 'window');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  app.setPath('userData', userData);
  const isFirst = app.requestSingleInstanceLock();
  await app.whenReady();
  const engine = await createEngine({
    home,
    env: host.env,
    clock: () => new Date(),
    ...(app.isPackaged ? { resourcesFolder: host.resourcesFolder } : {}),
  });
  const text = await engine.text(languageOf(host));
  if (!isFirst) {
    host.say(text('cli:open.alreadyOpen'));
    await engine.close();
    app.quit();
    return;
  }
  try {
    const open = caseToOpen(host.argv, app.isPackaged);
    const language = languageOf(host);
    const workbench = createWorkbench({ engine, language, ...(open === undefined ? {} : { open }) });
    closeInOrder(electron, host, workbench);
    await showWindow(electron, host, workbench);
    if (app.isPackaged) await checkPrograms(engine);
  } catch (error) {
    if (!isAssayError(error)) throw error;
    const { code, details } = error.toValue();
    const values = Object.fromEntries(
      Object.entries(details).map(([name, value]) => [name, visibleText(String(value))]),
    );
    electron.dialog.showErrorBox('Assay', text(`errors:${code}`, values));
    await engine.close();
    app.exit(environmentError);
  }
}

async function showWindow(electron: Electron, host: Host, { handle }: Workbench): Promise<void> {
  const { app, BrowserWindow, dialog, ipcMain, Menu, session } = electron;
  // FORENSIC: a session in memory: no frame of an exhibit is left in a browser's cache on the disk.
  const ownSession = session.fromPartition(sessionName, { cache: false });
  hardenSession(session.defaultSession);
  hardenSession(ownSession);
  ownSession.protocol.handle(windowScheme, withPolicy(handle));
  // SECURITY: Electron's own menu leads to web sites.
  const template = menuTemplate(host.platform);
  Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template));
  const window = new BrowserWindow(windowOptions(join(host.folder, 'preload.cjs')));
  answerChoosePaths(ipcMain, dialog, window);
  reloadAfterCrash(window, host);
  window.once('ready-to-show', () => window.show());
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  await window.loadURL(`${windowOrigin}/`);
}

const mostCrashes = 3;

/** A page that crashed takes neither the engine nor the case down: it is loaded again, unless it crashes again and again. */
function reloadAfterCrash(window: BrowserWindow, host: Host): void {
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    host.say(`${reason} ${exitCode}`);
    crashes += 1;
    if (crashes < mostCrashes) window.webContents.reload();
    else window.close();
  });
}

/** However the app is told to end, the case is closed first. */
function closeInOrder({ app }: Electron, host: Host, workbench: Workbench): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void workbench.close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  host.onSignal(() => app.quit());
}

/** FORENSIC: a packaged Assay examines with the programs that it was packaged with, or not at all. */
async function checkPrograms(engine: Engine): Promise<void> {
  await engine.toolbox.require('ffmpeg');
  await engine.toolbox.require('ffprobe');
}

function languageOf({ env }: Host): string {
  return env['ASSAY_LANGUAGE'] ?? 'en';
}
