import { decodePayload } from '../decode-payload.ts';
import { fourCharacterCode, isPlausibleCode } from '../four-character-code.ts';
import { addTrailingData, type WalkContext } from '../walk-context.ts';
import { checkAvi } from './check-avi.ts';
import { chunkMeaning, isStreamData } from './chunk-catalogue.ts';
import type { ChunkContext, RiffScope } from './chunk-spec.ts';

const usualPayloadBytes = 64 * 1024;
/** Chunks of a `movi` list whose heads are read: there is one for every packet. */
const countedStreamChunks = 4_000;

interface Parent {
  readonly node: number;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly scope: RiffScope;
}

interface State {
  readonly walk: WalkContext;
  readonly byteOrder: 'big' | 'little';
  counted: number;
  listed: number;
}

interface ChunkHeader {
  readonly type: string;
  readonly declaredBytes: number;
  readonly headerBytes: number;
  /** The size is 0 where it cannot be: the writer never came back to fill it in. */
  readonly sizeMissing: boolean;
}

/**
 * Walks a RIFF file: AVI (with OpenDML), WAV (with RF64 and BW64), WebP. Microsoft "Multimedia Programming Interface and Data
 * Specifications 1.0", EBU Tech 3306, RFC 9649. Samples and frames are never read.
 */
export async function walkRiff(walk: WalkContext): Promise<void> {
  const head = await walk.reader.read(0, 4);
  const state: State = {
    walk,
    byteOrder: fourCharacterCode(head) === 'RIFX' ? 'big' : 'little',
    counted: countedStreamChunks,
    listed: walk.bounds.maxTableEntries,
  };
  const end = walk.reader.sizeBytes;
  let offset = 0;
  while (offset < end) {
    const bytes = await walk.reader.read(offset, 12);
    const code = fourCharacterCode(bytes);
    // An AVI of more than 1 GiB is a row of RIFF chunks; what follows and is none is a tail.
    if (bytes.length < 12 || !['RIFF', 'RIFX', 'RF64', 'BW64'].includes(code)) {
      walk.tree.error('trailing-bytes', -1, offset, { lengthBytes: end - offset });
      addTrailingData(walk, offset);
      break;
    }
    const scope = { form: fourCharacterCode(bytes, 8), largeSizes: new Map<string, number>() };
    offset = await walkChunk(state, { node: -1, type: '', start: 0, end, scope }, offset);
  }
  checkAvi(walk.tree);
}

async function readHeader(state: State, parent: Parent, offset: number): Promise<ChunkHeader | undefined> {
  const bytes = await state.walk.reader.read(offset, Math.min(12, parent.end - offset));
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const code = fourCharacterCode(bytes);
  const size32 = view.getUint32(4, state.byteOrder === 'little');
  const isList = code === 'LIST' || parent.node < 0;
  const large = size32 === 0xffff_ffff ? parent.scope.largeSizes.get(code) : undefined;
  if (!isList || bytes.length < 12)
    return { type: code, declaredBytes: large ?? size32, headerBytes: 8, sizeMissing: false };
  // An RF64 head has its size in `ds64`, the first chunk inside; a recording that broke off has none at all.
  const toEnd = parent.node < 0 && ((size32 === 0xffff_ffff && code !== 'RIFF') || size32 === 0);
  const declaredBytes = toEnd ? parent.end - offset - 8 : size32;
  const type = `${code}:${fourCharacterCode(bytes, 8)}`;
  return { type, declaredBytes, headerBytes: 12, sizeMissing: toEnd && size32 === 0 };
}

async function walkChunks(state: State, parent: Parent): Promise<void> {
  const counts = new Map<string, number>();
  let offset = parent.start;
  let complete = true;
  while (offset < parent.end) {
    const bytes = await state.walk.reader.read(offset, Math.min(8, parent.end - offset));
    if (bytes.length < 8 || !isPlausibleCode(bytes)) {
      await keepRest(state, parent, offset, bytes.length < 8 ? 'header-cut' : 'not-a-chunk');
      break;
    }
    const type = fourCharacterCode(bytes);
    if (!isStreamData(type)) {
      offset = await walkChunk(state, parent, offset);
      continue;
    }
    if (state.counted-- <= 0) {
      complete = false;
      break;
    }
    counts.set(type, (counts.get(type) ?? 0) + 1);
    offset = state.listed-- > 0 ? await walkChunk(state, parent, offset) : await passOver(state, parent, offset);
  }
  for (const [type, count] of [...counts].slice(0, 64)) state.walk.tree.derive(parent.node, `chunks[${type}]`, count);
  if (counts.size > 0) state.walk.tree.derive(parent.node, 'allChunksCounted', complete);
}

async function keepRest(state: State, parent: Parent, offset: number, problem: string): Promise<void> {
  const lengthBytes = parent.end - offset;
  const rest = await state.walk.reader.read(offset, Math.min(lengthBytes, usualPayloadBytes));
  const allZero = rest.every((byte) => byte === 0);
  state.walk.tree.error(allZero ? 'zero-padding' : problem, parent.node, offset, { lengthBytes });
}

async function passOver(state: State, parent: Parent, offset: number): Promise<number> {
  const header = await readHeader(state, parent, offset);
  return header === undefined ? parent.end : endOf(header, offset, parent.end).next;
}

/** Chunks begin at even offsets; the padding byte is not part of the size. */
function endOf(header: ChunkHeader, offset: number, parentEnd: number): { end: number; next: number } {
  const end = Math.min(offset + 8 + header.declaredBytes, parentEnd);
  return { end, next: Math.min(end + (header.declaredBytes % 2), parentEnd) };
}

async function walkChunk(state: State, parent: Parent, offset: number): Promise<number> {
  const { walk } = state;
  const header = await readHeader(state, parent, offset);
  if (header === undefined) return parent.end;
  const { end, next } = endOf(header, offset, parent.end);
  const isList = header.headerBytes === 12;
  const { known, spec } = isList ? { known: true, spec: {} } : chunkMeaning(header.type, parent.type);
  const start = Math.min(offset + header.headerBytes, end);
  const node = walk.tree.add({
    parent: parent.node,
    type: header.type,
    offsetBytes: offset,
    sizeBytes: end - offset,
    headerBytes: start - offset,
    known,
  });
  if (offset + 8 + header.declaredBytes > parent.end)
    walk.tree.error(parent.node < 0 ? 'size-beyond-file' : 'size-beyond-parent', node, offset, {
      declaredBytes: header.declaredBytes + 8,
      availableBytes: parent.end - offset,
    });
  if (parent.node < 0 && header.sizeMissing) walk.tree.error('size-not-written', node, offset, {});
  if (isList && header.declaredBytes < 4) walk.tree.error('size-too-small', node, offset, {});

  if (spec.decode) {
    const decode = spec.decode;
    const context = contextOf(walk, node, header.type, parent.scope, end - start);
    const maxBytes = spec.maxBytes ?? usualPayloadBytes;
    await decodePayload(
      walk,
      { node, offsetBytes: start, lengthBytes: end - start, maxBytes, byteOrder: state.byteOrder },
      (reader) => {
        decode(reader, context);
      },
    );
  }
  const childrenStart = isList ? start : spec.childrenAfterBytes === undefined ? end : start + spec.childrenAfterBytes;
  if (childrenStart < end && walk.tree.mayDescend(node))
    await walkChunks(state, { node, type: header.type, start: childrenStart, end, scope: parent.scope });
  return next;
}

function contextOf(
  walk: WalkContext,
  node: number,
  type: string,
  scope: RiffScope,
  payloadBytes: number,
): ChunkContext {
  return {
    type,
    scope,
    payloadBytes,
    takeTableEntries: (count) => walk.tree.takeTableEntries(count),
    error: (code, at, details) => {
      walk.tree.error(code, node, at, details);
    },
  };
}
