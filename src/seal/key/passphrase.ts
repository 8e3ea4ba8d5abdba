import { AssayError } from '../../base/errors.ts';

/** Shortest passphrase that a new key is protected with (NIST SP 800-63B §5.1.1.1). */
export const minimumPassphraseLength = 8;

/**
 * The bytes of a passphrase as they go into the key derivation: UTF-8 (RFC 8018 §3) of its NFC form, so that the same
 * letters typed on another system open the same key (RFC 8265 §4.2.2).
 */
export function passphraseBytes(passphrase: string): Buffer {
  return Buffer.from(passphrase.normalize('NFC'), 'utf8');
}

/** Throws AssayError `passphrase-too-short` unless the passphrase may protect a new key. */
export function requireLongEnough(passphrase: string): void {
  if (Array.from(passphrase.normalize('NFC')).length < minimumPassphraseLength)
    throw new AssayError('passphrase-too-short', { minimumLength: minimumPassphraseLength });
}
