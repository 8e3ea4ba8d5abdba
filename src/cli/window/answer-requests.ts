import type { BrowserContext, Request as Asked, Route } from 'playwright-core';

/** The page's own origin. The name is reserved (RFC 2606), so that nothing of that name can ever be reached. */
export const windowOrigin = 'https://assay.invalid';

export interface Answering {
  /** Answers every request of the page. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Told what went wrong while a request was answered; the page gets a failed request. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Answers every request of a browser's pages from here, so that none goes out. SECURITY: what is not of the page's own
 * origin is refused in this one place. What the page gives up is given up here too, through the request's signal.
 */
export async function answerRequests(context: BrowserContext, answering: Answering): Promise<void> {
  const underWay = new Map<Asked, AbortController>();
  context.on('requestfailed', (asked) => underWay.get(asked)?.abort());
  await context.route('**/*', async (route) => {
    const asked = route.request();
    if (!asked.url().startsWith(`${windowOrigin}/`)) return refuse(route, asked);
    const abort = new AbortController();
    underWay.set(asked, abort);
    try {
      await fulfil(route, await answering.handle(toRequest(asked, abort.signal)));
    } catch (error) {
      await refuse(route, asked);
      // The page may be gone, or have given up, by the time an answer is there; then nobody waits for it.
      if (!abort.signal.aborted && !isOver(error)) answering.onDefect(error);
    } finally {
      underWay.delete(asked);
    }
  });
}

function toRequest(asked: Asked, signal: AbortSignal): Request {
  const body = asked.postDataBuffer();
  return new Request(asked.url(), {
    method: asked.method(),
    headers: Object.fromEntries(Object.entries(asked.headers()).filter(([name]) => !name.startsWith(':'))),
    signal,
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
}

async function fulfil(route: Route, response: Response): Promise<void> {
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** A page that would be led elsewhere stays where it is; anything else fails like a blocked request. */
async function refuse(route: Route, asked: Asked): Promise<void> {
  await route.abort(asked.isNavigationRequest() ? 'aborted' : 'blockedbyclient').catch(() => undefined);
}

function isOver(error: unknown): boolean {
  return error instanceof Error && /closed|disposed|Route is already handled/i.test(error.message);
}
