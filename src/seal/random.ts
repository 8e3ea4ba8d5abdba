import { randomBytes } from 'node:crypto';

/** Gives that many unpredictable bytes. A parameter so that tests can fix salts and serial numbers; keys never use it. */
export type RandomBytes = (length: number) => Uint8Array;

/** The operating system's generator. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));
