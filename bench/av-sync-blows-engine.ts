import { suddenEventsFinding } from '../src/methods/av-sync/content/event-findings.ts';
import type { StretchReport } from '../src/methods/av-sync/content/examine-stretch.ts';
import type { StretchMotion } from '../src/methods/av-sync/content/scan-stretch.ts';
import { suddenBursts } from '../src/methods/av-sync/content/sudden-bursts.ts';
import { voiceBandCount } from '../src/methods/av-sync/content/voice-bands.ts';
import { AvSyncParams } from '../src/methods/av-sync/parameters.ts';
import type { HeardVoice } from './av-sync-engine.ts';

const params = AvSyncParams.parse({});

/** What the method says of blows where those pictures are seen and this sound is heard, from its moment `offsetMs` on. */
export function judgeBlows(
  { motion, timesMs }: { motion: StretchMotion; timesMs: Float64Array },
  voice: HeardVoice,
  offsetMs = 0,
): { told: boolean; leadMs: number; reason: string; stops: number; bursts: number } {
  const [startMs, endMs] = [timesMs[0] ?? 0, timesMs.at(-1) ?? 0];
  const count = Math.round((endMs - startMs + 2 * params.searchMs) / 10);
  const powers = new Float32Array(count * voiceBandCount);
  const first = Math.round((startMs + offsetMs - params.searchMs) / 10);
  for (let i = Math.max(0, -first); i < count && (first + i + 1) * voiceBandCount <= voice.powers.length; i++)
    powers.set(
      voice.powers.subarray((first + i) * voiceBandCount, (first + i + 1) * voiceBandCount),
      i * voiceBandCount,
    );
  const events = {
    stops: motion.stops.map(({ atMs }) => atMs),
    bursts: suddenBursts(powers, startMs - params.searchMs),
  };
  const finding = suddenEventsFinding([{ startMs, endMs, events } as unknown as StretchReport], undefined, params);
  return {
    told: finding.outcome !== 'abstained',
    leadMs: Number(finding.measures?.['eventLead']?.value ?? NaN),
    reason: finding.reason ?? '',
    stops: events.stops.length,
    bursts: events.bursts.length,
  };
}
