import type { ByteSource } from '../../base/bytes.ts';
import type { ContentIdentity } from '../../containers/content/content-identity.ts';
import { readZipDirectory } from '../../containers/content/zip-directory.ts';
import { nodesOfType } from '../../containers/structure-query.ts';
import type { Structure } from '../../containers/structure.ts';
import { trailingData } from '../../containers/walk-context.ts';

export interface Region {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** Where a file's format ends, and what lies behind that end (or between the parts that the format lists). */
export type LogicalEnd =
  | { readonly status: 'known'; readonly beyond: readonly Region[] }
  /** `no-logical-end`: the format does not say where it ends, or Assay cannot read that. */
  | { readonly status: 'unknown'; readonly reason: 'no-logical-end' | 'walk-stopped' };

const pdfTailBytes = 4 * 1024 * 1024;

/** Finds where a file ends by its own format. Reads the tail of the file at most. */
export async function findLogicalEnd(
  source: ByteSource,
  content: ContentIdentity,
  structure: Structure,
): Promise<LogicalEnd> {
  if (structure.format !== 'unknown') {
    if (structure.truncatedBy !== undefined) return { status: 'unknown', reason: 'walk-stopped' };
    return {
      status: 'known',
      beyond: nodesOfType(structure, trailingData).map(({ offsetBytes, sizeBytes }) => ({
        offsetBytes,
        lengthBytes: sizeBytes,
      })),
    };
  }
  const end = await endOf(source, content);
  if (end === undefined) return { status: 'unknown', reason: 'no-logical-end' };
  const lengthBytes = source.sizeBytes - end;
  return { status: 'known', beyond: lengthBytes > 0 ? [{ offsetBytes: end, lengthBytes }] : [] };
}

async function endOf(source: ByteSource, content: ContentIdentity): Promise<number | undefined> {
  if (content.family === 'zip') return (await readZipDirectory(source))?.endOffset;
  if (content.format === 'pdf') return endOfPdf(source);
  if (content.format === 'bmp') return endOfBitmap(source);
  // A text goes on to its last byte; whatever follows is text too, or the content would not have been called text.
  if (content.basis === 'text') return source.sizeBytes;
  return undefined;
}

/** ISO 32000-2 §7.5.5: the last line is `%%EOF`; every incremental update writes one more. */
async function endOfPdf(source: ByteSource): Promise<number | undefined> {
  const start = Math.max(0, source.sizeBytes - pdfTailBytes);
  const tail = Buffer.from(await source.read(start, source.sizeBytes - start));
  const at = tail.lastIndexOf('%%EOF');
  if (at === -1) return undefined;
  let end = at + 5;
  while (end < tail.length && (tail[end] === 0x0d || tail[end] === 0x0a || tail[end] === 0x20)) end++;
  return start + end;
}

/** The file header states the file's size; writers that leave 0 there say nothing. */
async function endOfBitmap(source: ByteSource): Promise<number | undefined> {
  const head = await source.read(0, 14);
  if (head.length < 14) return undefined;
  const size = new DataView(head.buffer, head.byteOffset, 14).getUint32(2, true);
  return size >= 26 && size <= source.sizeBytes ? size : undefined;
}
