import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type Host } from '../../../electron/start-app.ts';
import { withPolicy } from '../../../electron/security.ts';
import { contentSecurityPolicy } from '../../../src/workbench/sources/static-files.ts';
import { ContentsStandIn, electronStandIn } from './stand-in.ts';

// The app is started as a whole on a stand-in of Electron, and what it really passes is looked at: the very options of its
// window, the very handlers of its session.
let state: string;
let started: ReturnType<typeof electronStandIn>;
let contents: ContentsStandIn;
let close = (): void => undefined;

const hostOf = (more: Partial<Host> = {}): Host => ({
  argv: ['electron', '.'],
  env: { ASSAY_HOME: state },
  platform: 'linux',
  isRoot: false,
  folder: import.meta.dirname,
  resourcesFolder: '/nonexistent',
  onSignal: (onClose) => (close = onClose),
  say: () => undefined,
  ...more,
});

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'assay-electron-'));
  started = electronStandIn();
  await startApp(started.electron, hostOf());
  contents = new ContentsStandIn();
  started.app.emit('web-contents-created', {}, contents);
});

afterAll(async () => {
  close();
  await rm(state, { recursive: true, force: true });
});

const ownSession = () => started.sessions.get('assay')!;
const preferences = () => started.window()!.options.webPreferences!;

describe('the page in the Electron window', () => {
  it.each([
    ['contextIsolation', true],
    ['sandbox', true],
    ['webSecurity', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webviewTag', false],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['plugins', false],
    ['navigateOnDragDrop', false],
    ['devTools', false],
    ['spellcheck', false],
  ] as const)('has %s set to %s', (name, value) => expect(preferences()[name]).toBe(value));

  it('has the one built preload and a session that lives in memory', () => {
    expect(preferences().preload).toBe(join(import.meta.dirname, 'preload.cjs'));
    expect(preferences().partition).toBe('assay');
    expect(preferences().partition).not.toMatch(/^persist:/);
  });

  it('is loaded from the private origin and from nowhere else', () =>
    expect(started.window()!.loaded).toEqual(['assay://window/']));

  it('is in a sandbox before anything is loaded', () =>
    expect(started.calls.filter((call) => ['sandbox', 'ready'].includes(call))).toEqual(['sandbox', 'ready']));

  it('stays where it is: no navigation, no redirect, no new window, no embedded browser', () => {
    expect(contents.prevents('will-navigate', { url: 'assay://window/' })).toBe(true);
    expect(contents.prevents('will-redirect', { url: 'assay://window/x' })).toBe(true);
    expect(contents.prevents('will-attach-webview')).toBe(true);
    expect(contents.openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    expect(contents.webRtc).toBe('disable_non_proxied_udp');
  });

  it.each([
    ['https://example.org/', false, true],
    ['assay://window/', false, true],
    ['file:///etc/passwd', false, true],
    ['blob:https://example.org/1', false, true],
    ['blob:assay://window/1', true, true],
    ['about:srcdoc', false, true],
    ['blob:assay://window/1', false, true],
    ['assay://window/preview/ab', true, true],
    ['assay://window.example.org/preview/ab', false, true],
    ['assay://window/preview/ab', false, false],
  ])('a frame that would go to %s (main: %s) is stopped: %s', (url, isMainFrame, stopped) =>
    expect(contents.prevents('will-frame-navigate', { url, isMainFrame })).toBe(stopped),
  );
});

describe('the session of the Electron window', () => {
  it.each(['own', 'default'] as const)('denies every permission and every device (%s)', (which) => {
    const session = which === 'own' ? ownSession() : started.defaultSession;
    const answers: unknown[] = [];
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'fullscreen'])
      session.ask('permission request', {}, permission, (granted: unknown) => answers.push(granted));
    expect(answers).toEqual([false, false, false, false, false, false]);
    expect(session.ask('permission check', {}, 'usb', 'assay://window')).toBe(false);
    expect(session.ask('device', { deviceType: 'hid' })).toBe(false);
    expect(session.spellChecker).toBe(false);
  });

  it.each([
    'http://example.org/',
    'https://example.org/',
    'ws://example.org/',
    'wss://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'assay://elsewhere/',
    'assay://window.example.org/',
    'blob:https://example.org/1',
    'chrome://settings/',
  ])('cancels %s', (url) => {
    expect(ownSession().cancels(url)).toEqual({ cancel: true });
    expect(started.defaultSession.cancels(url)).toEqual({ cancel: true });
  });

  it.each(['assay://window/', 'assay://window/api/app.start', 'blob:assay://window/1', 'data:image/png;base64,AA=='])(
    'lets %s pass',
    (url) => expect(ownSession().cancels(url)).toEqual({ cancel: false }),
  );

  it('downloads nothing', () => {
    let prevented = false;
    ownSession().emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });

  it('answers the private scheme with a strict policy as a header on every response', async () => {
    for (const path of ['api/doctor.none', 'nothing-here', 'locales/en']) {
      const response = (await ownSession().ask(
        'scheme assay',
        new Request(`assay://window/${path}`, { method: path.startsWith('api') ? 'POST' : 'GET' }),
      )) as Response;
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(contentSecurityPolicy).toContain("default-src 'none'");
    expect(contentSecurityPolicy).toContain("script-src 'self';");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  });

  it("leaves the report's preview its own policy, and gives it the page's where it has none", async () => {
    const own = "default-src 'none'; sandbox";
    const ask = async (path: string, policy?: string): Promise<string | null> => {
      const headers: Record<string, string> = policy === undefined ? {} : { 'content-security-policy': policy };
      const handle = withPolicy(() => Promise.resolve(new Response('x', { headers })));
      return (await handle(new Request(`assay://window${path}`))).headers.get('content-security-policy');
    };
    expect(await ask('/preview/ab', own)).toBe(own);
    expect(await ask('/preview/ab')).toBe(contentSecurityPolicy);
    expect(await ask('/exhibit/E001', own)).toBe(contentSecurityPolicy);
  });

  it('answers no other host of the private scheme', async () => {
    const response = (await ownSession().ask('scheme assay', new Request('assay://elsewhere/'))) as Response;
    expect(response.status).toBe(403);
  });
});

describe('the Electron app', () => {
  it('registers its scheme as a secure standard origin, before it is ready', () => {
    expect(started.calls.filter((call) => ['schemes', 'ready'].includes(call))).toEqual(['schemes', 'ready']);
    expect(started.schemes).toEqual([
      {
        scheme: 'assay',
        privileges: {
          standard: true,
          secure: true,
          supportFetchAPI: true,
          stream: true,
          corsEnabled: false,
          bypassCSP: false,
          allowServiceWorkers: false,
        },
      },
    ]);
  });

  it.each([
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-breakpad',
    'disable-sync',
    'disable-quic',
    'no-pings',
  ])('switches Chromium off its own network habit: %s', (name) => expect(started.switches.has(name)).toBe(true));

  it('resolves no name', () => expect(started.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND'));

  it('has no menu, since Electron’s own leads to web sites', () => expect(started.menus).toEqual([null]));

  it('keeps its own files in a folder of the state, not beside the identity', () =>
    expect(started.calls).toContain(`path userData ${join(state, 'window')}`));

  it('shows the first window again when it is started a second time', () => {
    started.app.emit('second-instance');
    expect(started.window()!.focused).toBe(1);
  });

  it('says so and ends when it is open already', async () => {
    const second = electronStandIn({ isFirst: false });
    const said: string[] = [];
    await startApp(second.electron, hostOf({ say: (line) => said.push(line) }));
    expect(second.window()).toBeUndefined();
    expect(second.calls.at(-1)).toBe('quit');
    expect(said.join()).toMatch(/open already/);
  });

  it('loads a page again that crashed, and gives up when it crashes again and again', async () => {
    const app = electronStandIn();
    let end = (): void => undefined;
    await startApp(app.electron, hostOf({ onSignal: (onClose) => (end = onClose) }));
    const window = app.window()!;
    for (const reason of ['clean-exit', 'crashed', 'oom', 'crashed'])
      window.webContents.emit('render-process-gone', {}, { reason, exitCode: 11 });
    expect(window.loaded).toEqual(['assay://window/', 'again', 'again', 'closed']);
    end();
  });

  it('does not insist on a sandbox as root, and only there', async () => {
    const asRoot = electronStandIn();
    let end = (): void => undefined;
    await startApp(asRoot.electron, hostOf({ isRoot: true, onSignal: (onClose) => (end = onClose) }));
    expect(asRoot.calls).not.toContain('sandbox');
    end();
  });

  it('closes the case before it ends, however it is told to', async () => {
    const app = electronStandIn();
    let end = (): void => undefined;
    await startApp(app.electron, hostOf({ onSignal: (onClose) => (end = onClose) }));
    end();
    end();
    expect(app.calls).not.toContain('quit');
    await expect.poll(() => app.calls.filter((call) => call === 'quit')).toEqual(['quit']);
  });

  it('says what is wrong in a box and ends when a program that it was packaged with is missing', async () => {
    const packaged = electronStandIn({ isPackaged: true });
    const env = { ASSAY_HOME: state, ASSAY_FFMPEG: '/nonexistent/ffmpeg', PATH: '' };
    await startApp(packaged.electron, hostOf({ env }));
    expect(packaged.errors.join()).toContain('ffmpeg cannot be started');
    expect(packaged.calls.at(-1)).toBe('exit 3');
  });
});
