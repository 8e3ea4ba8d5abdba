import { createHash } from 'node:crypto';

/** SECURITY: the only things that this page may load are inside it, and the only style is the one whose hash is named. */
export function contentSecurityPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
}
