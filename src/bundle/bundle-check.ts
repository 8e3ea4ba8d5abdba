import type { Check } from '../base/check.ts';

/** Every code of a check that bundles give of their own. Sentences: `bundle:checks.<code>.<outcome>`. */
export const bundleCheckCodes = [
  'zip-form',
  'zip-end',
  'zip-directory',
  'zip-path',
  'zip-link',
  'zip-duplicate',
  'zip-bomb',
  'zip-compressed',
  'zip-encrypted',
  'age-chunk',
  'bag-folder',
  'bag-order',
  'bag-file-present',
  'bag-declaration',
  'bag-manifest',
  'bag-file-listed',
  'bag-file-unchanged',
  'bag-payload',
  'bag-oxum',
  'bundle-record',
  'bundle-sender',
  'bundle-custody-end',
  'bundle-announced',
  'bundle-case-file',
  'bundle-case-files',
] as const;
export type BundleCheckCode = (typeof bundleCheckCodes)[number];

/** A check of a bundle; true and false stand for passed and failed. */
export function bundleCheck(
  code: BundleCheckCode,
  outcome: Check['outcome'] | boolean,
  subject: string,
  details: Check['details'] = {},
  area: Check['area'] = 'integrity',
): Check {
  const named = outcome === true ? 'passed' : outcome === false ? 'failed' : outcome;
  return { area, code, outcome: named, subject, details };
}
