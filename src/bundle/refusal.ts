import type { Check } from '../base/check.ts';
import { AssayError, type ErrorDetails } from '../base/errors.ts';
import { bagFiles } from './bag/bag-files.ts';
import type { BundleVerification } from './verify-bundle.ts';

/** Worst first: what a hostile archive does is said before what a damaged one lacks. */
const order: readonly string[] = [
  'zip-bomb',
  'zip-path',
  'zip-link',
  'zip-duplicate',
  'zip-encrypted',
  'zip-compressed',
  'bag-file-listed',
  'bag-file-unchanged',
  'bag-file-present',
  'signature-present',
  'content-digest',
  'signature-value',
];

/**
 * The error that says why a bundle is not taken in: one for each kind of wrong. Undefined where every check passed, or
 * could not be made.
 */
export function refusalOf({ checks, signers }: BundleVerification, path: string): AssayError | undefined {
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const isBag = !failed.some(({ code, subject }) => code === 'bag-file-present' && subject === bagFiles.declaration);
  if (!isBag && !failed.some(isHostile)) return new AssayError('bundle-unreadable', { path, reason: 'bag' });
  const [worst] = [...failed].sort((a, b) => rank(a) - rank(b));
  if (worst !== undefined) return errorFor(worst, path);
  if (signers.length === 0 || !signers.every(({ valid }) => valid))
    return new AssayError('bundle-seal-broken', { path, subject: 'signature' });
  return undefined;
}

function isHostile({ code }: Check): boolean {
  return order.includes(code) && code.startsWith('zip-');
}

function rank({ code }: Check): number {
  const index = order.indexOf(code);
  return index === -1 ? order.length : index;
}

function errorFor({ code, area, subject, details }: Check, path: string): AssayError {
  const entry = subject;
  const words = (name: string): string => String(details[name] ?? '?');
  switch (code) {
    case 'zip-bomb': {
      const claimed: ErrorDetails['bundle-bomb']['claimed'] = Number(details['claimed'] ?? 0);
      return new AssayError('bundle-bomb', { path, entry, claimed });
    }
    case 'zip-path':
      return new AssayError('bundle-path-unsafe', { path, entry, reason: words('reason') });
    case 'zip-link':
      return new AssayError('bundle-link', { path, entry });
    case 'zip-duplicate':
      return new AssayError('bundle-duplicate', { path, entry, other: words('other') });
    case 'zip-encrypted':
    case 'zip-compressed':
      return new AssayError('bundle-repacked', { path, entry });
    case 'zip-end':
    case 'zip-directory':
      return new AssayError('bundle-unreadable', { path, reason: entry === '.' ? 'zip' : entry });
    case 'bag-file-listed':
      return new AssayError('bundle-unlisted', { path, entry });
    case 'bag-file-present':
      return new AssayError('bundle-incomplete', { path, entry });
    case 'bundle-record':
      if (/^assay\.bundle\/\d+$/.test(words('schema')))
        return new AssayError('bundle-newer', { path, schema: words('schema') });
      return new AssayError('bundle-unreadable', { path, reason: entry });
    case 'bag-folder':
      return new AssayError('bundle-unreadable', { path, reason: entry === '.' ? 'bag' : entry });
    default:
      if (area === 'custody' || code.startsWith('custody-'))
        return new AssayError('bundle-custody-broken', { path, subject });
      if (area === 'integrity') return new AssayError('bundle-altered', { path, entry });
      return new AssayError('bundle-seal-broken', { path, subject });
  }
}
