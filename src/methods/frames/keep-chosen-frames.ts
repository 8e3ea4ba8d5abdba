import type { FindingInput } from '../../base/finding.ts';
import { framePng } from '../../media/frame-png.ts';
import type { MethodContext } from '../method.ts';
import type { VideoExamination } from './examine-video.ts';
import { frameTimeMs } from './frame-artefacts.ts';
import type { FramesParams } from './parameters.ts';

/**
 * Keeps the chosen frames as PNG in full size.
 *
 * FORENSIC: extracted = decoded. Each is decoded a second time; only when its time, and with murmur3 its hash, are those of
 * the whole decode is it kept under that number, and otherwise the finding says that they differ.
 */
export async function keepChosenFrames(
  context: MethodContext,
  examination: VideoExamination,
  params: FramesParams,
): Promise<FindingInput[]> {
  const { stream, list } = examination;
  const wanted = params.png.filter((index) => index < list.count);
  const missing = params.png.length - wanted.length;
  const findings: FindingInput[] = [];
  const about = { stream: stream.index, codec: stream.codec };
  for (const picture of await context.extractFrames(stream.index, wanted)) {
    const frame = await framePng(picture);
    const sameTime = (picture.pts ?? NaN) === list.pts()[picture.index] || picture.pts === null;
    const sameHash = params.hash !== 'murmur3' || picture.hash === list.hash(picture.index);
    const timeMs = frameTimeMs(picture.pts ?? NaN, stream);
    const places = [{ stream: stream.index, frame: picture.index, ...(timeMs === null ? {} : { startMs: timeMs }) }];
    const details = { ...about, frame: picture.index, hash: frame.frameHash };
    if (!sameTime || !sameHash) {
      findings.push({
        code: 'frame-not-reproduced',
        outcome: 'abstained',
        reason: 'frame-not-reproduced',
        details,
        places,
      });
      continue;
    }
    const name = `frame-${stream.index}-${picture.index}`;
    await context.keep(
      {
        ...{ kind: 'map', name, title: 'frame', mediaType: 'image/png', scale: 'picture' },
        ...{ width: picture.width, height: picture.height, over: { plane: 'picture', frame: picture.index } },
      },
      frame.png,
      { ...details, timeMs: timeMs ?? 0 },
    );
    findings.push({ code: 'frame-kept', outcome: 'information', details, places, artefacts: [name] });
  }
  if (missing > 0) {
    findings.push({
      ...{ code: 'frames-not-there', outcome: 'information', details: about },
      measures: { count: { value: missing, unit: 'frames' }, frames: { value: list.count, unit: 'frames' } },
    });
  }
  return findings;
}
