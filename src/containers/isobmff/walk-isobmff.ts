import { decodePayload } from '../decode-payload.ts';
import { addTrailingData, type WalkContext } from '../walk-context.ts';
import { boxMeaning, isTopLevelBox } from './box-catalogue.ts';
import { isKnownExtendedType } from './boxes/extended-type.ts';
import type { BoxContext, BoxScope } from './box-spec.ts';
import { checkMovie } from './check-movie.ts';
import { readBoxHeader, type BoxHeader } from './read-box-header.ts';

const usualPayloadBytes = 64 * 1024;

interface Parent {
  readonly node: number;
  readonly type: string;
  readonly grandparentType: string;
  readonly start: number;
  readonly end: number;
  readonly scope: BoxScope;
}

/**
 * Walks an ISO base media file (MP4, MOV, M4A, 3GP, HEIF, AVIF; ISO/IEC 14496-12 §4.2 and Apple's QTFF). Media data is never
 * read. What follows the last box becomes a `trailing-data` node.
 */
export async function walkIsobmff(walk: WalkContext): Promise<void> {
  const end = walk.reader.sizeBytes;
  await walkBoxes(walk, { node: -1, type: '', grandparentType: '', start: 0, end, scope: {} });
  checkMovie(walk.tree, end);
}

async function walkBoxes(walk: WalkContext, parent: Parent): Promise<void> {
  let offset = parent.start;
  while (offset < parent.end) {
    const header = await readBoxHeader(walk.reader, offset, parent.end);
    const problem = headerProblem(header, offset, parent);
    if (header === undefined || problem !== undefined) {
      await keepRest(walk, parent, offset, problem ?? 'header-cut');
      return;
    }
    offset = await walkBox(walk, parent, offset, header);
  }
}

/** Why these bytes are no box, or undefined. At the top only what is plausible counts as a box: files get tails. */
function headerProblem(header: BoxHeader | undefined, offset: number, parent: Parent): string | undefined {
  if (header === undefined) return 'header-cut';
  const fits = header.sizeBytes <= parent.end - offset && !header.toEnd;
  if (parent.node < 0 && !isTopLevelBox(header.type) && !(header.plausible && fits)) return 'not-a-box';
  if (header.sizeBytes < header.headerBytes) return 'size-too-small';
  if (parent.node >= 0 && header.toEnd) return 'size-zero-inside';
  if (parent.node >= 0 && !fits && !header.plausible && parent.type !== 'ilst') return 'not-a-box';
  return undefined;
}

/** The rest of a level that cannot be read as boxes: an error inside, a node of its own at the top. */
async function keepRest(walk: WalkContext, parent: Parent, offset: number, problem: string): Promise<void> {
  const lengthBytes = parent.end - offset;
  if (parent.node < 0) {
    walk.tree.error(problem === 'header-cut' ? 'trailing-bytes' : problem, -1, offset, { lengthBytes });
    addTrailingData(walk, offset);
    return;
  }
  // QTFF: user data (and QuickTime's sound extensions) may end with a 32-bit zero; other zeros are padding.
  const rest = await walk.reader.read(offset, Math.min(lengthBytes, usualPayloadBytes));
  const allZero = rest.every((byte) => byte === 0);
  if (allZero && lengthBytes <= 8) return;
  walk.tree.error(allZero ? 'zero-padding' : problem, parent.node, offset, { lengthBytes });
}

async function walkBox(walk: WalkContext, parent: Parent, offset: number, header: BoxHeader): Promise<number> {
  const { type, extendedType } = header;
  const available = parent.end - offset;
  const sizeBytes = Math.min(header.sizeBytes, available);
  const { known, spec } = boxMeaning(type, parent.type, parent.grandparentType, parent.scope.handler, extendedType);
  const node = walk.tree.add({
    parent: parent.node,
    type,
    offsetBytes: offset,
    sizeBytes,
    headerBytes: header.headerBytes,
    known: type === 'uuid' ? isKnownExtendedType(extendedType) : known,
  });
  if (header.sizeBytes > available)
    walk.tree.error(parent.node < 0 ? 'size-beyond-file' : 'size-beyond-parent', node, offset, {
      declaredBytes: header.declaredBytes,
      availableBytes: available,
    });

  const start = offset + header.headerBytes;
  const end = offset + sizeBytes;
  const scope = spec.scoped ? { ...parent.scope } : parent.scope;
  let childrenStart = start;
  if (type === 'meta') childrenStart = await decodeMetaHead(walk, node, start, end);
  else if (spec.decode) {
    const context = contextOf(walk, node, parent, header, scope, end - start);
    const decode = spec.decode;
    const maxBytes = spec.maxBytes ?? usualPayloadBytes;
    childrenStart = await decodePayload(
      walk,
      { node, offsetBytes: start, lengthBytes: end - start, maxBytes },
      (reader) => {
        decode(reader, context);
      },
    );
  }
  if (spec.children && childrenStart < end && walk.tree.mayDescend(node))
    await walkBoxes(walk, { node, type, grandparentType: parent.type, start: childrenStart, end, scope });
  return end;
}

function contextOf(
  walk: WalkContext,
  node: number,
  parent: Parent,
  header: BoxHeader,
  scope: BoxScope,
  payloadBytes: number,
): BoxContext {
  return {
    type: header.type,
    typeCode: header.typeCode,
    parentType: parent.type,
    scope,
    fileSizeBytes: walk.reader.sizeBytes,
    payloadBytes,
    ...(header.extendedType === undefined ? {} : { extendedType: header.extendedType }),
    takeTableEntries: (count, perNode) => walk.tree.takeTableEntries(count, perNode),
    error: (code, at, details) => {
      walk.tree.error(code, node, at, details);
    },
  };
}

/** `meta` is a FullBox in ISO files (§8.11.1) and a plain box in QuickTime's; the first box inside shows which. */
async function decodeMetaHead(walk: WalkContext, node: number, start: number, end: number): Promise<number> {
  const head = await walk.reader.read(start, Math.min(12, end - start));
  const typeAt = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  const isQuickTime = typeAt(4) === 'hdlr' || (typeAt(8) !== 'hdlr' && head.subarray(0, 4).some((byte) => byte !== 0));
  walk.tree.derive(node, 'form', isQuickTime ? 'QuickTime' : 'ISO');
  return isQuickTime ? start : Math.min(end, start + 4);
}
