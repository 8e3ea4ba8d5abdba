import type { ByteSource } from '../base/bytes.ts';
import { contentFormat } from './content/content-formats.ts';
import { bySignature, type ContentIdentity, type Recognised } from './content/content-identity.ts';
import { recogniseContainer } from './content/recognise-container.ts';
import {
  id3TagBytes,
  recogniseAfterId3,
  recogniseMpegAudio,
  recogniseTransportStream,
} from './content/recognise-stream.ts';
import { recogniseText } from './content/recognise-text.ts';
import { recogniseTiff } from './content/recognise-tiff.ts';
import { hasBytes, recogniseSignature, recogniseWeakSignature } from './content/signatures.ts';
import { readZipDirectory, zipFormat } from './content/zip-directory.ts';

const headBytes = 64 * 1024;

/**
 * What a file is by its content: format, media type, usual extensions, and the bytes that this rests on. Reads the first
 * 64 KiB, and for archives and tagged sound a little more. `empty` and `unknown` are answers like any other; nothing in
 * a file makes it throw.
 */
export async function identifyContent(source: ByteSource): Promise<ContentIdentity> {
  const recognised = await recognise(source);
  return { ...contentFormat(recognised.format), ...recognised };
}

async function recognise(source: ByteSource): Promise<Recognised> {
  const nothing = { basis: 'none', offsetBytes: 0, lengthBytes: 0 } as const;
  if (source.sizeBytes === 0) return { format: 'empty', ...nothing };
  const head = await source.read(0, headBytes);
  const tagBytes = id3TagBytes(head);
  if (tagBytes !== undefined) {
    const body = await source.read(tagBytes, 8192);
    return recogniseAfterId3(body, tagBytes, Math.max(0, source.sizeBytes - tagBytes));
  }
  if (hasBytes(head, 0, 'PK\x03\x04') || hasBytes(head, 0, 'PK\x05\x06')) {
    const directory = await readZipDirectory(source);
    return bySignature(zipFormat(directory?.names ?? []), 0, 4);
  }
  return (
    recogniseContainer(head) ??
    recogniseSignature(head) ??
    recogniseTiff(head) ??
    recogniseText(head, source.sizeBytes) ??
    recogniseWeakSignature(head) ??
    recogniseTransportStream(head) ??
    recogniseMpegAudio(head, 0, source.sizeBytes) ?? { format: 'unknown', ...nothing }
  );
}
