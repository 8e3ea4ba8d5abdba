import type { FindingInput } from '../../../base/finding.ts';
import { outcomeOfStream } from '../../../media/taps.ts';
import type { MethodContext } from '../../method.ts';
import type { ProbedStream } from '../../../media/exhibit-media.ts';
import type { SoundClock } from '../../../media/sound-clock.ts';
import type { AvSyncParams } from '../parameters.ts';
import { keepContentArtefacts } from './content-artefacts.ts';
import { contentLagFinding, noContentLag, regionPlaces, togetherFinding } from './content-lag.ts';
import { courseFindings, transientFinding } from './course-findings.ts';
import { decideLag } from './decide-lag.ts';
import { ContentExamination } from './examine-content.ts';
import { modelLagFinding } from '../model/model-lag.ts';
import { suddenEventsFinding } from './event-findings.ts';
import { lagCourse } from './lag-over-time.ts';

export interface ContentSource {
  readonly picture: ProbedStream;
  readonly sound: ProbedStream;
  readonly clock: SoundClock;
  readonly durationMs: number | null;
  readonly frameMs: number | null;
  readonly containerLeadMs: number | undefined;
}

/** Findings of the content level, and why it broke off where it did. */
export interface ContentResult {
  readonly findings: readonly FindingInput[];
  readonly brokeOff?: string;
}

/** Decodes, measures and says how far the voice is from the lips, or why that cannot be told. */
export async function measureContent(
  source: ContentSource,
  params: AvSyncParams,
  context: MethodContext,
): Promise<ContentResult> {
  const streams = { picture: source.picture.index, sound: source.sound.index };
  const examination = new ContentExamination(source, source.clock, source.durationMs, context, params);
  const outcome = await context.decode(examination.subscriptions());
  const readings = await examination.finish();
  const failed = [streams.picture, streams.sound]
    .map((stream) => outcomeOfStream(outcome, stream))
    .find(({ status }) => status === 'incomplete');
  const lag = decideLag(readings, params);
  const course = lagCourse(readings.stretches);
  const kept = await keepContentArtefacts(context, readings, lag.pooled, course, streams, params);
  const places = regionPlaces(readings.stretches, readings.pixelScale, streams.picture);
  const all = [...kept.lag, ...kept.time];
  const findings: FindingInput[] = lag.told
    ? [
        contentLagFinding(streams, lag.pooled, params, source.frameMs, places, all),
        ...togetherFinding(streams, source.containerLeadMs, lag.pooled, params),
      ]
    : [noContentLag(streams, lag.reason, lag.pooled, all)];
  // FORENSIC: where nothing is told of the whole, single windows that stand out are chance, unless they disagree with each other.
  if (lag.told || lag.reason === 'several-lags') findings.push(...courseFindings(course, params, kept.time));
  if (lag.pooled !== undefined)
    findings.push(transientFinding(readings.stretches, lag.told ? lag.pooled : undefined, params, kept.time));
  if (readings.stretches.length > 0)
    findings.push(suddenEventsFinding(readings.stretches, lag.told ? lag.pooled : undefined, params));
  if (readings.kept !== undefined) {
    const material = { readings, clock: source.clock, picture: streams.picture, ...readings.kept };
    findings.push(await modelLagFinding(material, params, context));
  }
  return {
    findings,
    ...(failed?.status === 'incomplete' ? { brokeOff: failed.reason } : {}),
  };
}
