import type { ErrorCode } from '../base/errors.ts';
import { isAssayError } from '../base/errors.ts';

/** What the command line's exit status means; the same for every command. */
export const exitCode = {
  done: 0,
  /** Checked, and found invalid. */
  invalid: 1,
  wrongUse: 2,
  /** A program, a disk or a permission is in the way. */
  environment: 3,
  cancelled: 130,
} as const;

const wrongUse: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'wrong-use',
  'unknown-name',
  'setting-unused',
  'setting-invalid',
  'file-not-found',
  'nothing-to-examine',
  'nothing-to-verify',
  'not-a-case',
  'case-exists',
  'identity-exists',
  'wrong-passphrase',
  'passphrase-needed',
  'signature-comment-unusable',
  'signed-already',
  'identity-missing',
  'identity-revoked',
  'timestamp-there',
  'timestamp-unasked',
  'bundle-exists',
  'bundle-without-evidence',
  'bundle-without-reports',
  'bundle-older',
  'bundle-diverged',
  'bundle-not-for-us',
  'recipient-unusable',
  'recipient-missing',
  'hash-list-unreadable',
  'hash-list-words-missing',
]);

/** What was to be taken in, or measured again, was checked first, and did not hold. */
const foundInvalid: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'exhibit-changed',
  'bundle-unreadable',
  'bundle-path-unsafe',
  'bundle-link',
  'bundle-duplicate',
  'bundle-bomb',
  'bundle-repacked',
  'bundle-altered',
  'bundle-unlisted',
  'bundle-incomplete',
  'bundle-seal-broken',
  'bundle-custody-broken',
  'hash-list-broken',
]);

/** The exit status for an error that ended a command. */
export function exitCodeFor(error: unknown): number {
  if (!isAssayError(error)) return exitCode.environment;
  if (error.code === 'cancelled') return exitCode.cancelled;
  if (foundInvalid.has(error.code)) return exitCode.invalid;
  return wrongUse.has(error.code) ? exitCode.wrongUse : exitCode.environment;
}
