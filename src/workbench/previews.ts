import { createHash } from 'node:crypto';
import type { Source } from './handle.ts';

/** Pages that are kept: the one that is shown, and the one before it while the window changes over. */
const mostPages = 2;

/**
 * SECURITY: the policy of a preview. It is drawn from names and notes that may be anybody's: no script, nothing from
 * outside, no form, and no way out of its frame. Its own style stands inside it and is held to its hash by the page itself.
 */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

/** The drafts that a window looks at, in memory only: a draft is never written to a disk. */
export class Previews {
  readonly #pages = new Map<string, string>();

  /** Keeps a page; answers its address. */
  keep(html: string): string {
    const name = createHash('sha256').update(html, 'utf8').digest('hex');
    this.#pages.delete(name);
    this.#pages.set(name, html);
    for (const old of [...this.#pages.keys()].slice(0, -mostPages)) this.#pages.delete(old);
    return `/preview/${name}`;
  }

  /** `GET /preview/<sha256>` */
  readonly source: Source = (url) => {
    const html = this.#pages.get(url.pathname.slice('/preview/'.length));
    return Promise.resolve(
      html === undefined
        ? undefined
        : new Response(html, {
            headers: {
              'content-type': 'text/html; charset=utf-8',
              'content-security-policy': policy,
              'x-content-type-options': 'nosniff',
              'referrer-policy': 'no-referrer',
              'cache-control': 'no-store',
            },
          }),
    );
  };
}
