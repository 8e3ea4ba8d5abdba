import type { ByteSource } from '../../base/bytes.ts';
import type { ContentIdentity } from '../../containers/content/content-identity.ts';
import { readZipDirectory, zipFormat } from '../../containers/content/zip-directory.ts';
import type { Structure } from '../../containers/structure.ts';

/** A second thing that the same bytes are: a reader of that format would open the file too. */
export interface SecondContent {
  readonly format: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

/** PDF readers accept a header anywhere in the first 1024 bytes (Adobe's implementation note 13 to PDF 1.7). */
const pdfHeadBytes = 1024;
const scriptScanBytes = 64 * 1024;
/** Markup that browsers and servers act on wherever it stands. */
const activeMarkup = /<(script[\s>]|html[\s>]|!doctype html|\?php\b|iframe[\s>]|svg[\s>])/gi;
/** Further files behind the first that get a finding each. */
const maxHeads = 16;
const textFamilies: ReadonlySet<string> = new Set(['text', 'empty']);

/** Looks for what makes a file valid in a second format. Trailing data is looked at on its own. */
export async function findSecondContent(
  source: ByteSource,
  content: ContentIdentity,
  structure: Structure,
): Promise<readonly SecondContent[]> {
  if (textFamilies.has(content.family)) return [];
  const found: SecondContent[] = [...repeatedHeads(structure)];
  if (content.format !== 'pdf') found.push(...(await pdfHeader(source)));
  if (content.family !== 'zip') found.push(...(await archiveAtEnd(source)));
  if (content.format !== 'pdf') found.push(...(await markup(source)));
  return found.sort((a, b) => a.offsetBytes - b.offsetBytes);
}

/** A second file head among the boxes: one file was put behind the other, and each box of it is valid in itself. */
function repeatedHeads(structure: Structure): readonly SecondContent[] {
  const types: Readonly<Record<string, string>> = { ftyp: 'iso-base-media', EBML: 'matroska' };
  const heads = structure.nodes.filter((node) => node.parent === -1 && types[node.type] !== undefined);
  return heads.slice(1, 1 + maxHeads).map((node) => ({
    format: types[node.type] ?? node.type,
    offsetBytes: node.offsetBytes,
    lengthBytes: node.sizeBytes,
  }));
}

async function pdfHeader(source: ByteSource): Promise<readonly SecondContent[]> {
  const head = Buffer.from(await source.read(0, pdfHeadBytes));
  const at = head.indexOf('%PDF-');
  return at === -1 ? [] : [{ format: 'pdf', offsetBytes: at, lengthBytes: 5 }];
}

async function archiveAtEnd(source: ByteSource): Promise<readonly SecondContent[]> {
  const directory = await readZipDirectory(source);
  if (directory === undefined || directory.entryCount === 0) return [];
  const offsetBytes = directory.archiveOffset;
  return [{ format: zipFormat(directory.names), offsetBytes, lengthBytes: directory.endOffset - offsetBytes }];
}

/** One hit for each kind of markup, the first, in the head and in the tail of the file. */
async function markup(source: ByteSource): Promise<readonly SecondContent[]> {
  const found = new Map<string, SecondContent>();
  const tailOffset = Math.max(0, source.sizeBytes - scriptScanBytes);
  for (const start of new Set([0, tailOffset])) {
    const text = Buffer.from(await source.read(start, scriptScanBytes)).toString('latin1');
    for (const match of text.matchAll(activeMarkup)) {
      const format = (match[1] ?? '').toLowerCase().startsWith('svg') ? 'svg' : 'html';
      if (!found.has(format))
        found.set(format, { format, offsetBytes: start + match.index, lengthBytes: match[0].length });
    }
  }
  return [...found.values()];
}
