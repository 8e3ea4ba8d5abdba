import { readFile } from 'node:fs/promises';
import type { Request as BrowserRequest } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyText } from '../../renderer/parts/copy-text.ts';
import { windowOrigin } from '../../src/cli/window/answer-requests.ts';
import { chromiumArguments, openChromiumWindow, type ChromiumWindow } from '../../src/cli/window/chromium-window.ts';
import { findBrowser } from '../../src/workbench/find-browser.ts';
import { descendants, interfacesOf, socketsOfTree } from '../support/process-sockets.ts';
import { openTestWindow, type TestWindow } from './window.ts';

const onLinux = process.platform === 'linux';

describe('the window in Chromium', () => {
  let window: TestWindow;
  const seen: Request[] = [];

  beforeAll(async () => {
    window = await openTestWindow({
      onRequest: (request) => void seen.push(request),
      // What these tests mean to cause.
      allowed: [
        /Content Security Policy/,
        /Content-Security-Policy/,
        /net::ERR_/,
        /status of 404/,
        /popup|blocked/i,
        /Not allowed to/,
      ],
    });
  });

  afterAll(() => window.close());

  it('shows the page on its own origin', async () => {
    await window.page.locator('.window').waitFor();
    expect(await window.page.title()).toBe('Assay');
    expect(await window.page.evaluate(() => globalThis.origin)).toBe(windowOrigin);
    await window.screenshot('host-chromium');
  });

  it('gives the page a policy that stands in a header', async () => {
    const response = await window.page.evaluate(async () => {
      const answered = await fetch('/');
      return answered.headers.get('content-security-policy');
    });
    expect(response).toContain("default-src 'none'");
    expect(response).toContain("script-src 'self';");
  });

  it('runs no inline script and no text as code', async () => {
    const ran = await window.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.body.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'globalThis.handlerRan = true');
      document.body.append(button);
      button.click();
      // A driver's own scripts may use eval where a page's may not; a timer's text is always the page's.
      setTimeout('globalThis.textRan = true' as unknown as () => void);
      await new Promise((resolve) => setTimeout(resolve, 50));
      script.remove();
      button.remove();
      return ['inlineRan', 'handlerRan', 'textRan'].filter((name) => name in globalThis);
    });
    expect(ran).toEqual([]);
  });

  it.each(['https://example.org/', 'http://127.0.0.1/', 'https://assay.invalid.example.org/', 'wss://example.org/'])(
    'reaches nothing at %s, and no request is made',
    async (url) => {
      const failures: (string | undefined)[] = [];
      const listen = (request: BrowserRequest): void => void failures.push(request.failure()?.errorText);
      window.page.on('requestfailed', listen);
      const reached = await window.page.evaluate(async (target) => {
        if (target.startsWith('ws'))
          return new Promise<boolean>((resolve) => {
            try {
              const socket = new WebSocket(target);
              socket.onopen = () => resolve(true);
              socket.onerror = () => resolve(false);
            } catch {
              resolve(false);
            }
          });
        const byFetch = await fetch(target, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        );
        const byImage = await new Promise<boolean>((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = target;
        });
        navigator.sendBeacon(target);
        return byFetch || byImage;
      }, url);
      window.page.off('requestfailed', listen);
      expect(reached).toBe(false);
      // Stopped by the policy inside the page, before there was a request to answer.
      expect([...new Set(failures)].filter((text) => text !== 'csp')).toEqual([]);
      expect(seen.filter((request) => !request.url.startsWith(`${windowOrigin}/`))).toEqual([]);
    },
  );

  it.each(['https://example.org/', 'file:///etc/passwd', 'data:text/html,<p>elsewhere'])(
    'stays where it is when something leads to %s',
    async (url) => {
      await window.page.evaluate((target) => {
        const link = document.createElement('a');
        link.href = target;
        document.body.append(link);
        link.click();
        link.remove();
      }, url);
      await window.page.waitForTimeout(300);
      expect(window.page.url()).toBe(`${windowOrigin}/`);
      expect(await window.page.locator('.window').count()).toBe(1);
    },
  );

  it('refuses what the policy would have let through, in the one place where requests are answered', async () => {
    const elsewhere = window.page.goto('https://example.org/');
    await expect(elsewhere).rejects.toThrow(/ERR_ABORTED/);
    expect(window.page.url()).toBe(`${windowOrigin}/`);
    expect(seen.every(({ url }) => url.startsWith(`${windowOrigin}/`))).toBe(true);
  });

  it('opens no second window', async () => {
    await window.page.evaluate(() => void globalThis.open('/', '_blank'));
    await expect.poll(() => window.page.context().pages().length).toBe(1);
  });

  it('grants the page no permission', async () => {
    const states = await window.page.evaluate(() =>
      Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'midi'].map(async (name) => {
          const { state } = await navigator.permissions.query({ name: name as PermissionName });
          return state;
        }),
      ),
    );
    expect(states).not.toContain('granted');
  });

  it('copies without a permission', async () => {
    const copy = (words: string): Promise<unknown> =>
      window.page.evaluate(`(${copyText.toString()})(${JSON.stringify(words)}).then(() => true, () => false)`);
    expect(await copy('sha256 of E001')).toBe(true);
    await window.page.context().grantPermissions(['clipboard-read']);
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe('sha256 of E001');
    await window.page.context().clearPermissions();
  });

  it('tells no address of this machine to a peer connection', async () => {
    const candidates = await window.page.evaluate(async () => {
      const peer = new RTCPeerConnection();
      peer.createDataChannel('x');
      const found: string[] = [];
      const gathered = new Promise<void>((resolve) => {
        peer.onicecandidate = ({ candidate }) =>
          candidate === null ? resolve() : void found.push(candidate.candidate);
      });
      await peer.setLocalDescription(await peer.createOffer());
      await Promise.race([gathered, new Promise((resolve) => setTimeout(resolve, 3000))]);
      peer.close();
      return found.filter((candidate) => candidate !== '');
    });
    expect(candidates).toEqual([]);
  });

  it.runIf(onLinux)('opens no port and no connection, with the browser and the engine together', async () => {
    const pids = await descendants(process.pid);
    expect(pids.length).toBeGreaterThan(2);
    const sockets = await socketsOfTree(process.pid);
    expect(sockets.filter(({ listening }) => listening)).toEqual([]);
    expect(sockets.filter(({ protocol }) => protocol.startsWith('tcp'))).toEqual([]);
  });

  it('is driven over a pipe, never over a port', async () => {
    expect(chromiumArguments.some((argument) => argument.includes('remote-debugging'))).toBe(false);
    if (!onLinux) return;
    const lines = await Promise.all(
      (await descendants(process.pid)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    const browser = lines.find((line) => line.includes('--remote-debugging-pipe'));
    expect(browser).toBeDefined();
    expect(lines.join('\n')).not.toContain('--remote-debugging-port');
    // As root, and only there, Chromium cannot keep its sandbox.
    expect(browser?.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });
});

describe.runIf(onLinux)('the window in Chromium without any network', () => {
  it.runIf(process.env['ASSAY_TEST_NETWORK'] === 'none')(
    'is tested here with everything around it: this process has no interface either',
    async () => expect(await interfacesOf('self')).toEqual(['lo']),
  );

  it('works where the browser has no interface', async () => {
    const window = await openTestWindow({ network: 'none' });
    try {
      await window.page.locator('.window').waitFor();
      const outside = await interfacesOf('self');
      const inside = await Promise.all(
        (await descendants(process.pid))
          .filter((pid) => pid !== process.pid)
          .map((pid) => interfacesOf(pid).catch(() => [])),
      );
      expect(inside.filter((names) => names.length > 0).at(-1)).toEqual(['lo']);
      expect(outside).toContain('lo');
      expect(await socketsOfTree(process.pid)).toEqual([]);
      await window.screenshot('host-without-network');
    } finally {
      await window.close();
    }
  });
});

describe('the end of the window in Chromium', () => {
  it('is told when the person closes it', async () => {
    const window = await openBareWindow(() => Promise.resolve(new Response()));
    await window.page.close();
    expect(await window.ended).toBe('closed');
    await window.close();
    expect(window.context.pages()).toEqual([]);
  });

  it('is told apart from a crash of its page', async () => {
    const window = await openBareWindow(() => Promise.resolve(new Response()));
    await window.page.goto('chrome://crash').catch(() => undefined);
    expect(await window.ended).toBe('crashed');
    await window.close();
  });
});

describe('requests of the window in Chromium', () => {
  it('are given up in the engine when the page gives them up', async () => {
    const slow: Request[] = [];
    const window = await openBareWindow((request) => {
      slow.push(request);
      return new Promise((resolve) => request.signal.addEventListener('abort', () => resolve(new Response())));
    });
    try {
      await window.page.evaluate(() => {
        const abort = new AbortController();
        Object.assign(globalThis, { abort });
        void fetch('/slow', { signal: abort.signal }).catch(() => undefined);
      });
      await expect.poll(() => slow.length).toBe(1);
      expect(slow[0]?.signal.aborted).toBe(false);
      await window.page.evaluate(() => (globalThis as unknown as { abort: AbortController }).abort.abort());
      await expect.poll(() => slow[0]?.signal.aborted).toBe(true);
    } finally {
      await window.close();
    }
  });

  it('carry what the page sends, and bring back what the engine answers, byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i % 251);
    const window = await openBareWindow(
      async (request) =>
        new Response(await request.arrayBuffer(), {
          status: 206,
          headers: { 'x-asked': `${request.method} ${new URL(request.url).search} ${request.headers.get('range')}` },
        }),
    );
    try {
      const answered = await window.page.evaluate(
        async (body) => {
          const response = await fetch('/slow?a=%20b', {
            method: 'POST',
            headers: { range: 'bytes=0-9' },
            body: Uint8Array.from(body),
          });
          const { status, headers } = response;
          return { status, asked: headers.get('x-asked'), bytes: [...new Uint8Array(await response.arrayBuffer())] };
        },
        [...bytes],
      );
      expect(answered).toEqual({ status: 206, asked: 'POST ?a=%20b bytes=0-9', bytes: [...bytes] });
    } finally {
      await window.close();
    }
  });

  it('fail in the page, and are told here, where answering them went wrong', async () => {
    const defects: unknown[] = [];
    const window = await openBareWindow(
      () => Promise.reject(new Error('a defect')),
      (error) => defects.push(error),
    );
    try {
      const failed = await window.page.evaluate(() =>
        fetch('/slow').then(
          () => false,
          () => true,
        ),
      );
      expect(failed).toBe(true);
      expect(defects).toEqual([new Error('a defect')]);
    } finally {
      await window.close();
    }
  });
});

/** A window with an empty page; everything else that the page asks for is answered by the test. */
async function openBareWindow(
  handle: (request: Request) => Promise<Response>,
  onDefect: (error: unknown) => void = () => undefined,
): Promise<ChromiumWindow> {
  const executable = await findBrowser(process.env, process.platform);
  if (executable === undefined) throw new Error('no Chromium on this machine: npm run setup');
  return openChromiumWindow({
    executable,
    headless: true,
    isRoot: process.getuid?.() === 0,
    handle: (request) => {
      if (request.url.includes('/slow')) return handle(request);
      return Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }));
    },
    onDefect,
  });
}
