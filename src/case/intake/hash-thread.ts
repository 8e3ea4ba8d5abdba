import type { createHash, Hash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';

export type DigestName = 'sha256' | 'sha512' | 'md5';

/** What a hashing thread is told: start anew, take in a stretch of the shared memory, or say the digest. */
export type HashOrder =
  | { readonly order: 'start' }
  | { readonly order: 'update'; readonly offset: number; readonly length: number }
  | { readonly order: 'digest' };

/** Its answers, one to each `update` and `digest`, in order. */
export type HashAnswer = { readonly taken: number } | { readonly digest: string };

/**
 * The whole program of a hashing thread. It stands on its arguments alone, since it is started from its own source
 * text: so the sources, the built engine and the packaged app all start it alike, with no file to find.
 */
export function hashInThread(
  port: MessagePort,
  createHashOf: typeof createHash,
  memory: SharedArrayBuffer,
  name: DigestName,
): void {
  let hash: Hash = createHashOf(name);
  port.on('message', (message: HashOrder) => {
    if (message.order === 'start') {
      hash = createHashOf(name);
    } else if (message.order === 'update') {
      hash.update(new Uint8Array(memory, message.offset, message.length));
      port.postMessage({ taken: message.length });
    } else {
      port.postMessage({ digest: hash.digest('hex') });
    }
  });
}
