import { createHash } from 'node:crypto';

/**
 * A name-based UUID (version 5, RFC 9562 §5.5): the same name in the same namespace gives the same identifier, here and
 * anywhere. SHA-1 is what the standard takes; it names things and protects nothing.
 *
 * @param namespace another UUID
 */
export function uuid5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
