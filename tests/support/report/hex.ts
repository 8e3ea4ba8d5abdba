import { createHash } from 'node:crypto';

/** SHA-256 of a text: a stand-in for the digest of whatever it names. */
export const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
