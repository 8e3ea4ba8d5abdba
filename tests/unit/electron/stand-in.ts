import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Electron } from '../../../electron/start-app.ts';

type Listener = (...args: never[]) => unknown;
type Answer = (value: unknown) => void;

/** What a session was told, and what it answers when it is asked. */
export class SessionStandIn extends EventEmitter {
  readonly handlers = new Map<string, Listener>();
  spellChecker: boolean | undefined;
  readonly protocol = {
    handle: (scheme: string, answer: Listener) => void this.handlers.set(`scheme ${scheme}`, answer),
  };
  readonly webRequest = { onBeforeRequest: (answer: Listener) => void this.handlers.set('request', answer) };
  setPermissionRequestHandler = (answer: Listener): void => void this.handlers.set('permission request', answer);
  setPermissionCheckHandler = (answer: Listener): void => void this.handlers.set('permission check', answer);
  setDevicePermissionHandler = (answer: Listener): void => void this.handlers.set('device', answer);
  setSpellCheckerEnabled = (on: boolean): void => void (this.spellChecker = on);

  /** Calls a handler as Electron would. */
  ask(name: string, ...args: unknown[]): unknown {
    const handler = this.handlers.get(name) as ((...args: unknown[]) => unknown) | undefined;
    if (handler === undefined) throw new Error(`no handler for ${name}`);
    return handler(...args);
  }

  cancels(url: string): unknown {
    let answered: unknown;
    const answer: Answer = (value) => (answered = value);
    this.ask('request', { url }, answer);
    return answered;
  }
}

/** A page's contents, as far as the walls around it go. */
export class ContentsStandIn extends EventEmitter {
  openHandler: ((details: { url: string }) => unknown) | undefined;
  webRtc: string | undefined;
  setWindowOpenHandler = (handler: (details: { url: string }) => unknown): void => void (this.openHandler = handler);
  setWebRTCIPHandlingPolicy = (policy: string): void => void (this.webRtc = policy);

  /** Sends an event that can be prevented; whether it was. */
  prevents(name: string, details: Record<string, unknown> = {}): boolean {
    let prevented = false;
    this.emit(name, { ...details, preventDefault: () => (prevented = true) });
    return prevented;
  }
}

export class WindowStandIn extends EventEmitter {
  static readonly made: WindowStandIn[] = [];
  readonly loaded: string[] = [];
  readonly webContents = Object.assign(new EventEmitter(), { reload: () => void this.loaded.push('again') });
  readonly options: BrowserWindowConstructorOptions;
  focused = 0;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    WindowStandIn.made.push(this);
  }
  show = (): void => undefined;
  isMinimized = (): boolean => false;
  restore = (): void => undefined;
  close = (): void => void this.loaded.push('closed');
  focus = (): void => void (this.focused += 1);
  loadURL = (url: string): Promise<void> => Promise.resolve(void this.loaded.push(url));
}

/** An Electron that only remembers. `calls` tells what happened in which order. */
export function electronStandIn({ isFirst = true, isPackaged = false } = {}) {
  const calls: string[] = [];
  const switches = new Map<string, string>();
  const sessions = new Map<string, SessionStandIn>();
  const ipc = new Map<string, Listener>();
  const schemes: unknown[] = [];
  const dialogs: { kind: string; options: unknown }[] = [];
  const menus: unknown[] = [];
  const errors: string[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    commandLine: { appendSwitch: (name: string, value: string) => void switches.set(name, value) },
    enableSandbox: () => void calls.push('sandbox'),
    setPath: (name: string, path: string) => void calls.push(`path ${name} ${path}`),
    requestSingleInstanceLock: () => {
      calls.push('lock');
      return isFirst;
    },
    whenReady: () => Promise.resolve(void calls.push('ready')),
    exit: (code: number) => void calls.push(`exit ${code}`),
    quit() {
      const event = { prevented: false, preventDefault: () => (event.prevented = true) };
      app.emit('before-quit', event);
      if (!event.prevented) calls.push('quit');
    },
  });
  WindowStandIn.made.length = 0;
  const electron = {
    app,
    BrowserWindow: WindowStandIn,
    dialog: {
      showErrorBox: (_title: string, text: string) => void errors.push(text),
      showOpenDialog: (_window: unknown, options: unknown) => {
        dialogs.push({ kind: 'open', options });
        return Promise.resolve({ canceled: false, filePaths: ['/evidence/a.mp4'] });
      },
      showSaveDialog: (_window: unknown, options: unknown) => {
        dialogs.push({ kind: 'save', options });
        return Promise.resolve({ canceled: true, filePath: '' });
      },
    },
    ipcMain: { handle: (channel: string, answer: Listener) => void ipc.set(channel, answer) },
    Menu: {
      setApplicationMenu: (menu: unknown) => void menus.push(menu),
      buildFromTemplate: (template: unknown) => template,
    },
    protocol: {
      registerSchemesAsPrivileged: (given: unknown[]) => {
        calls.push('schemes');
        schemes.push(...given);
      },
    },
    session: {
      defaultSession: new SessionStandIn(),
      fromPartition: (name: string) => {
        const session = sessions.get(name) ?? new SessionStandIn();
        sessions.set(name, session);
        return session;
      },
    },
  };
  return {
    electron: electron as unknown as Electron,
    app,
    calls,
    switches,
    sessions,
    defaultSession: electron.session.defaultSession,
    ipc,
    schemes,
    dialogs,
    menus,
    errors,
    window: () => WindowStandIn.made[0],
  };
}
