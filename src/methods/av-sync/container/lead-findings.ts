import type { FindingInput, Measure } from '../../../base/finding.ts';
import { containerLead, type ContainerLead } from './lead.ts';
import { ms, round, roundMs } from './round.ts';
import type { StreamFacts } from './stream-facts.ts';

/** Differences below this round to nothing in every sentence. */
const togetherWithinMs = 0.05;

const leadLimits = ['how-timed-not-lips', 'start-is-not-content', 'normal-sync-never-clears'];

/** The lead of one pair; undefined where one of the two has no times. */
export function leadOf(picture: StreamFacts, sound: StreamFacts): ContainerLead | undefined {
  return picture.start && sound.start ? containerLead(picture.start, sound.start, picture.unitMs) : undefined;
}

/** The one number of the container level, put to the proposition that sound and picture start together within BT.1359. */
export function leadFinding(picture: StreamFacts, sound: StreamFacts, artefacts: readonly string[]): FindingInput {
  const lead = leadOf(picture, sound);
  const details = { picture: picture.stream.index, sound: sound.stream.index };
  if (lead === undefined)
    return { code: 'container-lead', outcome: 'abstained', reason: 'no-times', details, limits: leadLimits };
  const { audioLeadMs, uncertaintyMs, audioLeadFrames } = lead;
  const side = Math.abs(audioLeadMs) < togetherWithinMs ? 'together' : audioLeadMs > 0 ? 'ahead' : 'behind';
  const startMs = Math.min(picture.start!.startMs, sound.start!.startMs);
  return {
    code: `container-lead-${side}`,
    outcome: lead.outcome,
    proposition: 'starts-together-within-bt1359',
    measures: {
      audioLeadMs: { ...ms(audioLeadMs), uncertainty: roundMs(uncertaintyMs) },
      audioLeadFrames: inFrames(audioLeadFrames, picture.unitMs === null ? null : uncertaintyMs / picture.unitMs),
      apart: ms(Math.abs(audioLeadMs)),
      // Outwards, so that rounding never narrows the interval.
      leadLowest: { value: round(Math.floor(lead.lowestMs * 10) / 10, 1), unit: 'ms' },
      leadHighest: { value: round(Math.ceil(lead.highestMs * 10) / 10, 1), unit: 'ms' },
      pictureStart: ms(picture.start!.startMs),
      soundStart: ms(sound.start!.startMs),
    },
    details,
    places: [{ startMs: roundMs(startMs), endMs: roundMs(startMs + Math.abs(audioLeadMs)) }],
    artefacts: [...artefacts],
    limits: leadLimits,
  };
}

/** A single picture without a length gives no frames to count in. */
function inFrames(value: number | null, uncertainty: number | null): Measure {
  if (value === null || uncertainty === null) return { value: '–', unit: 'text' };
  return { value: round(value, 3), unit: 'frames', uncertainty: round(uncertainty, 3) };
}

/**
 * Where times jump on the way, counting pictures and samples gives another lead than the starts: it holds if nothing is
 * missing at the jumps and everything after them was moved. Undefined where nothing jumps, or the picture's rate varies
 * (then a long interval is no jump).
 */
export function countedLeadFinding(
  picture: StreamFacts,
  sound: StreamFacts,
  artefacts: readonly string[],
): FindingInput[] {
  const lead = leadOf(picture, sound);
  if (lead === undefined || picture.frameRate?.variable === true) return [];
  const jumped = (facts: StreamFacts): number => facts.jumps.reduce((sum, { jumpMs }) => sum + jumpMs, 0);
  const pictureJumps = jumped(picture);
  const soundJumps = jumped(sound);
  if (Math.abs(pictureJumps - soundJumps) < 1) return [];
  return [
    {
      code: 'lead-by-count',
      outcome: 'information',
      measures: {
        leadByCountMs: ms(lead.audioLeadMs + pictureJumps - soundJumps),
        audioLeadMs: { ...ms(lead.audioLeadMs), uncertainty: roundMs(lead.uncertaintyMs) },
        pictureJumps: ms(pictureJumps),
        soundJumps: ms(soundJumps),
      },
      details: { picture: picture.stream.index, sound: sound.stream.index },
      artefacts: [...artefacts],
      limits: ['jumps-may-be-missing-material', 'how-timed-not-lips'],
    },
  ];
}
