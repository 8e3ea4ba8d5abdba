import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { seriesWindow } from '../../contract/window-operations.ts';
import { decimate } from '../artefacts/decimate.ts';
import type { KeptArtefacts } from '../artefacts/kept-artefacts.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

/** Longest stretch of decoded sound that is read sample by sample; for more there is the waveform. */
const longestSoundS = 60;

/** Answers `series.window`: a span of a series, decimated here so that the window draws hours as fast as seconds. */
export async function seriesWindowOperation(
  session: WindowSession,
  artefacts: KeptArtefacts,
  input: z.infer<typeof seriesWindow.input>,
): Promise<z.infer<typeof seriesWindow.output>> {
  const { from, to, points } = input;
  if (!(to > from)) throw new AssayError('wrong-use', { what: 'the span is empty' });
  const target = heldCase(session, input.folder);
  return artefacts.withSeries(target, input.exhibit, input.sha256, async (source, { mediaType }) => {
    if (mediaType === 'audio/wav' && to - from > longestSoundS)
      throw new AssayError('wrong-use', { what: `more than ${longestSoundS} s of samples` });
    return { columns: [...source.columns], ...(await decimate(source, from, to, points)) };
  });
}
