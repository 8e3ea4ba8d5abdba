import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { resolve } from 'node:path';
import { readResult } from '../../examination/examine-exhibit.ts';
import type { Source } from '../handle.ts';
import { byteRange } from './byte-range.ts';
import type { WindowSession } from '../window-session.ts';

/** SECURITY: what an artefact may be served as; the page never gets to guess. */
const mediaTypes = new Set(['application/json', 'application/x-npy', 'audio/wav', 'image/png', 'image/jpeg']);

/**
 * `GET /artefact/<sha256>?case=<folder>&exhibit=<id>&key=<key>`: an artefact of an examination, whole or by Range. Only
 * what the result lists is there, under the media type that it lists.
 */
export function artefactFiles(session: WindowSession): Source {
  return async (url, request) => {
    const sha256 = /^\/artefact\/([0-9a-f]{64})$/.exec(url.pathname)?.[1];
    const key = url.searchParams.get('key') ?? '';
    if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(key)) return undefined;
    const target = session.engine.held.find(resolve(url.searchParams.get('case') ?? ''));
    const exhibit = url.searchParams.get('exhibit') ?? '';
    if (!target?.exhibits().some(({ id }) => id === exhibit)) return undefined;
    const folder = join(target.layout.examinations(exhibit), key);
    const artefact = (await readResult(folder))?.artefacts.find((one) => one.sha256 === sha256);
    if (artefact === undefined || !mediaTypes.has(artefact.mediaType)) return undefined;
    // The file's name is worked out from the digest, never taken from the request.
    const file = join(folder, artefact.file);
    const range = byteRange(request.headers.get('range'), artefact.sizeBytes);
    if (range === 'unsatisfiable')
      return new Response(null, { status: 416, headers: { 'content-range': `bytes */${artefact.sizeBytes}` } });
    const { start, end } = range ?? { start: 0, end: artefact.sizeBytes };
    const handle = await open(file, 'r');
    try {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return new Response(bytes.subarray(0, bytesRead), {
        status: range === undefined ? 200 : 206,
        headers: {
          'content-type': artefact.mediaType,
          'x-content-type-options': 'nosniff',
          'accept-ranges': 'bytes',
          // Named by its digest: it can never be something else.
          'cache-control': 'private, max-age=31536000, immutable',
          ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${artefact.sizeBytes}` }),
        },
      });
    } finally {
      await handle.close();
    }
  };
}
