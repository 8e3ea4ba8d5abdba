import type { App, CustomScheme, Session, WebContents, WebPreferences } from 'electron';
import { contentSecurityPolicy } from '../src/workbench/sources/static-files.ts';
import { isOwnUrl, windowOrigin, windowScheme } from './origin.ts';

// SECURITY: every wall around the Electron window stands in this file, and tests/unit/electron holds each of them.

/** The page's rights: a web page's, and fewer. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  plugins: false,
  navigateOnDragDrop: false,
  devTools: false,
  // It downloads dictionaries.
  spellcheck: false,
  // Sound starts with the play key, which is not always a gesture that counts as one.
  autoplayPolicy: 'no-user-gesture-required',
} as const satisfies WebPreferences;

/** The private scheme: an origin of its own, as secure as https, for the page's fetch and for ranges of bytes. */
export const schemeOptions = {
  scheme: windowScheme,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    corsEnabled: false,
    bypassCSP: false,
    allowServiceWorkers: false,
  },
} as const satisfies CustomScheme;

/** Chromium's own network habits, off. */
export const switches: Readonly<Record<string, string>> = {
  'host-resolver-rules': 'MAP * ~NOTFOUND',
  'webrtc-ip-handling-policy': 'disable_non_proxied_udp',
  'force-webrtc-ip-handling-policy': 'disable_non_proxied_udp',
  'disable-background-networking': '',
  'disable-breakpad': '',
  'disable-client-side-phishing-detection': '',
  'disable-component-update': '',
  'disable-domain-reliability': '',
  'disable-quic': '',
  'disable-sync': '',
  'no-pings': '',
};

/** Before the app is ready: switches, every page in a sandbox, every page between the walls below. */
export function hardenApp(app: App, { isRoot }: { readonly isRoot: boolean }): void {
  for (const [name, value] of Object.entries(switches)) app.commandLine.appendSwitch(name, value);
  // Root has no sandbox at all; insisting on it would only keep the window from opening. The command line says so.
  if (!isRoot) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
}

/** No permission, no device, no download, no dictionary, and no request that leaves the app. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  // http, https, ws, wss, ftp and whatever comes: all but the app's own, in this one place.
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !isOwnUrl(request.url) }));
}

/** A page stays where it is: no navigation, no new window, no embedded browser. */
export function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    // The one frame inside the page is the report's preview, and it leads nowhere else.
    const isPreview = !event.isMainFrame && event.url.startsWith(`${windowOrigin}/preview/`);
    if (!isPreview) event.preventDefault();
  });
}

/**
 * The workbench's answers with a policy as a header on each, and none for another origin: the page's own, but for the report's
 * preview, which comes with one of its own that allows no script at all.
 */
export function withPolicy(handle: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!request.url.startsWith(`${windowOrigin}/`)) return new Response(null, { status: 403 });
    const { body, status, statusText, headers: given } = await handle(request);
    const headers = new Headers(given);
    if (!new URL(request.url).pathname.startsWith('/preview/') || !headers.has('content-security-policy'))
      headers.set('content-security-policy', contentSecurityPolicy);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(body, { status, statusText, headers });
  };
}
