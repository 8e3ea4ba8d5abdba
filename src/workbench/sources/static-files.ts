import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { Source } from '../handle.ts';

/** SECURITY: only these types leave the app's own folder; anything else is not there. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The page's own policy: nothing from elsewhere, no inline script, no plug-in, no frame but the report's preview
 * (which is sandboxed and without scripts).
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Serves the built page from one folder. A path that leaves the folder is not there. */
export function staticFiles(folder: string): Source {
  return async (url) => {
    const path = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname);
    const file = join(folder, path);
    const inside = relative(folder, file);
    // SECURITY: compared by path parts, not by the beginning of the text.
    if (inside === '' || inside.split(sep)[0] === '..' || path.includes('\0')) return undefined;
    const type = mediaTypes[extname(file)];
    if (type === undefined) return undefined;
    let bytes: Uint8Array;
    try {
      bytes = await readFile(file);
    } catch {
      return undefined;
    }
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
        'cache-control': 'no-cache',
      },
    });
  };
}
