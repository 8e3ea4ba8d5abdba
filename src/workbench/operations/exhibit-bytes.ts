import type { z } from 'zod';
import type { exhibitBytes } from '../../contract/window-operations.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

/** Answers `exhibit.bytes`: a piece of the exhibit for the hex view; past its end there are none. */
export async function exhibitBytesOperation(
  session: WindowSession,
  input: z.infer<typeof exhibitBytes.input>,
): Promise<z.infer<typeof exhibitBytes.output>> {
  const media = await session.media.of(heldCase(session, input.folder), input.exhibit);
  const bytes = await media.bytes.read(input.offset, input.length);
  return {
    offset: input.offset,
    base64: Buffer.from(bytes).toString('base64'),
    sizeBytes: media.bytes.sizeBytes,
  };
}
