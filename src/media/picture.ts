import { open } from 'node:fs/promises';
import type { Readable, StillPicture } from './exhibit-media.ts';
import { imageLibrary } from './image-library.ts';
import { sniffPicture } from './picture-header.ts';

/** Bounds of one picture's decode. */
export interface PictureLimits {
  readonly maxPixels: number;
  readonly maxFileBytes: number;
  readonly timeoutSeconds: number;
}

/** 268 megapixels hold every picture that a phone or camera makes today; as RGB they take 805 MB. */
export const defaultPictureLimits: PictureLimits = {
  maxPixels: 0x3fff * 0x3fff,
  maxFileBytes: 1024 * 1024 * 1024,
  timeoutSeconds: 120,
};

const sniffedBytes = 4096;
const keptMessages = 12;
const keptMessageLength = 300;

/**
 * Decodes a still picture with the pinned image library: the first frame or page, 8-bit RGB, as stored (no rotation,
 * no colour management, alpha dropped).
 *
 * Never rejects for what the bytes hold: what cannot be decoded is `unreadable` with `not-media`, `too-large`,
 * `codec-missing`, `damaged` or `time-limit`. A picture that breaks off or is damaged inside is decoded as far as it
 * goes, and `damage` says so. Rejects only when the file itself cannot be read (the `node:fs` error).
 */
export async function readPicture(
  source: string | Uint8Array,
  limits: PictureLimits = defaultPictureLimits,
): Promise<Readable<StillPicture>> {
  const bytes = typeof source === 'string' ? await readPictureFile(source, limits) : source;
  if (bytes === 'not-media' || bytes === 'too-large') return unreadable(bytes);
  const sniffed = sniffPicture(bytes.subarray(0, sniffedBytes));
  if (sniffed === undefined) return unreadable('not-media');
  if (bytes.length > limits.maxFileBytes) return unreadable('too-large');
  if (sniffed.claimedPixels !== undefined && sniffed.claimedPixels > limits.maxPixels) {
    return unreadable('too-large', [`${sniffed.format}: ${String(sniffed.claimedPixels)} pixels`]);
  }
  if (!sniffed.decodable) return unreadable('codec-missing', [sniffed.format]);
  return decode(bytes, sniffed.format, limits);
}

/** Reads the head first, so that a film of many gigabytes is not loaded to learn that it is no picture. */
async function readPictureFile(path: string, limits: PictureLimits): Promise<Uint8Array | 'not-media' | 'too-large'> {
  // SECURITY: libvips would read options out of a name such as `a.jpg[page=3]`; it never sees a path.
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(sniffedBytes);
    const { bytesRead } = await handle.read(head, 0, sniffedBytes, 0);
    if (sniffPicture(head.subarray(0, bytesRead)) === undefined) return 'not-media';
    const { size } = await handle.stat();
    return size > limits.maxFileBytes ? 'too-large' : await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function decode(bytes: Uint8Array, format: string, limits: PictureLimits): Promise<Readable<StillPicture>> {
  // FORENSIC: strict first, so that damage is known; then lenient, because the decoded part of a broken picture is evidence.
  try {
    return { status: 'ok', value: await decodeWith(bytes, format, limits, 'warning') };
  } catch (error) {
    const messages = messagesOf(error);
    const reason = reasonOf(messages);
    if (reason !== 'damaged') return unreadable(reason, messages);
    try {
      const picture = await decodeWith(bytes, format, limits, 'none');
      return { status: 'ok', value: { ...picture, damage: { truncated: saysTruncated(messages), messages } } };
    } catch (second) {
      const all = messagesOf(second);
      return unreadable(reasonOf(all), all);
    }
  }
}

async function decodeWith(
  bytes: Uint8Array,
  format: string,
  limits: PictureLimits,
  failOn: 'warning' | 'none',
): Promise<StillPicture> {
  // FORENSIC: the numbers as they are stored. A colour profile is reported as metadata, never applied to the samples.
  const options = {
    failOn,
    limitInputPixels: limits.maxPixels,
    ignoreIcc: true,
    animated: false,
    sequentialRead: true,
  } as const;
  const sharp = await imageLibrary();
  // One after the other: libvips keeps one list of messages for the whole process, and two failures would mix theirs.
  const { orientation, pages } = await sharp(bytes, options).metadata();
  const { data, info } = await sharp(bytes, options)
    .toColourspace('srgb')
    .removeAlpha()
    .timeout({ seconds: limits.timeoutSeconds })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    format,
    width: info.width,
    height: info.height,
    channels: 3,
    data: info.channels === 3 ? data : repeatGrey(data, info.channels),
    ...(orientation !== undefined && orientation >= 1 && orientation <= 8 ? { orientation } : {}),
    ...(pages !== undefined && pages > 1 ? { pages } : {}),
  };
}

/** Three equal channels out of the first of `channels`. */
function repeatGrey(data: Uint8Array, channels: number): Uint8Array {
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) rgb.fill(data[pixel * channels] ?? 0, pixel * 3, pixel * 3 + 3);
  return rgb;
}

function unreadable(reason: string, messages: readonly string[] = []): Readable<StillPicture> {
  return { status: 'unreadable', reason, messages };
}

function messagesOf(error: unknown): string[] {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, keptMessageLength))
    .filter((line) => line !== '')
    .slice(0, keptMessages);
}

function reasonOf(messages: readonly string[]): string {
  const text = messages.join(' ');
  if (/exceeds pixel limit|too large|exceeds the maximum|security limit/i.test(text)) return 'too-large';
  if (/timeout:/i.test(text)) return 'time-limit';
  if (/has not been built in|unsupported codec|unsupported image format/i.test(text)) return 'codec-missing';
  return 'damaged';
}

function saysTruncated(messages: readonly string[]): boolean {
  return /premature end|unexpected end|truncated|read error|not enough|end of file/i.test(messages.join(' '));
}
