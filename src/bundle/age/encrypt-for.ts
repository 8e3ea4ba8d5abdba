import { Encrypter } from 'age-encryption';
import { AssayError } from '../../base/errors.ts';

/** A native X25519 recipient of age: https://age-encryption.org/v1 */
const recipientForm = /^age1[02-9ac-hj-np-z]{58}$/;

/** True for text of the form of an age recipient. Its checksum is another matter. */
export function looksLikeRecipient(text: string): boolean {
  return recipientForm.test(text);
}

/**
 * Throws `recipient-unusable` for a recipient that cannot be encrypted to.
 */
export function requireRecipient(recipient: string): void {
  try {
    if (!looksLikeRecipient(recipient)) throw new Error('form');
    new Encrypter().addRecipient(recipient);
  } catch (cause) {
    throw new AssayError('recipient-unusable', { recipient: recipient.slice(0, 100) }, { cause });
  }
}

/** Encrypts a stream of bytes to each of these recipients (age v1, binary). Memory does not grow with the stream. */
export async function* encryptFor(
  recipients: readonly string[],
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const iterator = plain[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      // The stream runs ahead, and the piece is the sender's again when the next one is asked for.
      else controller.enqueue(Uint8Array.from(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const encrypted = await encrypter.encrypt(stream);
  const reader = encrypted.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
