import type { FindingInput } from '../../../base/finding.ts';
import { shortestFitMs, streamDrift } from './drift.ts';
import { ms, round, roundMs } from './round.ts';
import type { StreamFacts } from './stream-facts.ts';

/** Places that a finding names itself; the event artefact has all. */
const maxPlaces = 20;

/** What is said of the main pair besides its lead, in the order of a report. */
export function streamFindings(
  picture: StreamFacts,
  sound: StreamFacts,
  disagreementMs: number,
  artefacts: { readonly edits?: string; readonly events: string; readonly offsets: ReadonlyMap<number, string> },
): FindingInput[] {
  const streams = [picture, sound];
  return [
    ...streams.flatMap((facts) => editFindings(facts, disagreementMs, artefacts.edits)),
    ...delayFindings(sound),
    ...durations(picture, sound),
    ...streams.flatMap((facts) => driftFindings(facts, artefacts.offsets.get(facts.stream.index))),
    ...streams.flatMap((facts) => jumpFindings(facts, artefacts.events)),
    ...variableRate(picture),
  ];
}

function editFindings(facts: StreamFacts, disagreementMs: number, table: string | undefined): FindingInput[] {
  const { edits, stream, start } = facts;
  if (edits === undefined) return [];
  const common = {
    outcome: 'information' as const,
    details: { stream: stream.index },
    places: [{ stream: stream.index, node: edits.node }],
    artefacts: table === undefined ? [] : [table],
  };
  const findings: FindingInput[] = [];
  if (edits.delayMs > 0) findings.push({ ...common, code: 'edit-list-delays', measures: { delay: ms(edits.delayMs) } });
  if (edits.cuts)
    findings.push({
      ...common,
      code: 'edit-list-cuts',
      measures: {
        entries: { value: edits.edits.length, unit: '1' },
        mediaEdits: { value: edits.mediaEdits, unit: '1' },
        hiddenPackets: { value: facts.hidden, unit: '1' },
      },
      limits: ['cuts-are-ordinary'],
    });
  if (start === undefined) return findings;
  const difference = start.startMs - edits.delayMs;
  // A picture that begins in the middle of an edit is shown from its own start; sound may begin a packet in.
  const tolerance = disagreementMs + edits.tickMs + facts.tickMs + (facts.unitMs ?? 0);
  if (Math.abs(difference) > tolerance)
    findings.push({
      ...common,
      code: 'edit-list-not-followed',
      measures: { listStart: ms(edits.delayMs), packetStart: ms(start.startMs), difference: ms(difference) },
      limits: ['players-differ'],
    });
  return findings;
}

function delayFindings(sound: StreamFacts): FindingInput[] {
  const { delay, stream } = sound;
  const rate = stream.sampleRateHz ?? 0;
  if (delay === undefined || rate <= 0) return [];
  const common = { outcome: 'information' as const, places: [{ stream: stream.index }] };
  const samples = (count: number) => ({ value: count, unit: '1' }) as const;
  const toMs = (count: number) => ms((count / rate) * 1000);
  const findings: FindingInput[] = [];
  if (delay.undeclaredSamples > 0)
    findings.push({
      ...common,
      code: 'encoder-delay-unsaid',
      measures: { usualDelay: toMs(delay.undeclaredSamples), usualSamples: samples(delay.undeclaredSamples) },
      details: { stream: stream.index, codec: stream.codec },
    });
  const stated = delay.statements.filter((statement) => statement.samples > 0);
  if (stated.length > 0) {
    const counts = stated.map((statement) => statement.samples);
    const most = Math.max(...counts);
    const least = Math.min(...counts);
    const nodes = stated.flatMap(({ node }) => (node === undefined ? [] : [{ stream: stream.index, node }]));
    // Rounding in a scale of its own can differ by a sample.
    findings.push({
      ...common,
      code: most - least > 1 ? 'encoder-delay-disagrees' : 'encoder-delay',
      measures: {
        skippedSamples: samples(delay.skippedSamples),
        skipped: toMs(delay.skippedSamples),
        paddingSamples: samples(delay.paddingSamples),
        leastStated: samples(least),
        mostStated: samples(most),
      },
      details: { stream: stream.index, codec: stream.codec, sources: stated.map(({ source }) => source).join(', ') },
      places: nodes.length > 0 ? nodes : common.places,
    });
  }
  return findings;
}

function durations(picture: StreamFacts, sound: StreamFacts): FindingInput[] {
  if (picture.start === undefined || sound.start === undefined) return [];
  if (picture.endMs === undefined || sound.endMs === undefined) return [];
  return [
    {
      code: 'durations',
      outcome: 'information',
      measures: {
        pictureLength: ms(picture.endMs - picture.start.startMs),
        soundLength: ms(sound.endMs - sound.start.startMs),
        pictureEnd: ms(picture.endMs),
        soundEnd: ms(sound.endMs),
        endDifference: ms(sound.endMs - picture.endMs),
      },
      details: { picture: picture.stream.index, sound: sound.stream.index },
      limits: ['ends-are-ordinary'],
    },
  ];
}

function driftFindings(facts: StreamFacts, series: string | undefined): FindingInput[] {
  const { stream, kind } = facts;
  const common = {
    details: { stream: stream.index },
    places: [{ stream: stream.index }],
    artefacts: series === undefined ? [] : [series],
  };
  const fit = streamDrift(facts);
  if (fit === undefined) {
    // A picture without a second clock is the rule: its times are the clock.
    if (kind === 'picture') return [];
    const span = facts.clockMs.length === 0 ? 0 : facts.clockMs[facts.clockMs.length - 1]!;
    const reason = facts.start === undefined ? 'no-times' : facts.ownClock ? 'too-short' : 'no-own-clock';
    return [
      {
        ...common,
        code: 'clock-drift-unknown',
        outcome: 'abstained',
        reason,
        measures: { span: ms(span), shortest: ms(shortestFitMs) },
      },
    ];
  }
  const uncertainty = round(fit.uncertaintyMsPerMin, 4);
  const drift = round(fit.driftMsPerMin, 4);
  const totalMs = (fit.driftMsPerMin * fit.spanMs) / 60_000;
  return [
    {
      ...common,
      code:
        Math.abs(drift) > uncertainty && Math.abs(totalMs) > 2 * facts.tickMs
          ? `${kind}-clock-drifts`
          : `${kind}-clock-steady`,
      outcome: 'information',
      measures: {
        clockDrift: { value: drift, unit: 'ms/min', uncertainty },
        relativeDrift: { value: round(fit.driftMsPerMin / 0.06, 3), unit: 'ppm' },
        totalDrift: ms(totalMs),
        span: ms(fit.spanMs),
        packets: { value: fit.points, unit: '1' },
      },
      limits: ['drift-of-clocks'],
    },
  ];
}

function jumpFindings(facts: StreamFacts, events: string): FindingInput[] {
  const kinds = ['picture-gap', 'sound-gap', 'sound-overlap'] as const;
  return kinds.flatMap((kind): FindingInput[] => {
    const jumps = facts.jumps.filter((jump) => jump.kind === kind);
    if (jumps.length === 0) return [];
    const sizes = jumps.map(({ jumpMs }) => Math.abs(jumpMs));
    return [
      {
        code: `${kind}s`,
        outcome: 'information',
        measures: {
          count: { value: jumps.length, unit: '1' },
          total: ms(sizes.reduce((sum, size) => sum + size, 0)),
          largest: ms(Math.max(...sizes)),
        },
        details: { stream: facts.stream.index },
        places: jumps.slice(0, maxPlaces).map(({ startMs, endMs }) => ({
          stream: facts.stream.index,
          startMs: roundMs(startMs),
          endMs: roundMs(endMs),
        })),
        artefacts: [events],
        limits: ['jumps-many-causes'],
      },
    ];
  });
}

function variableRate(picture: StreamFacts): FindingInput[] {
  const { frameRate, stream } = picture;
  if (frameRate?.variable !== true || frameRate.frameMs === null) return [];
  return [
    {
      code: 'variable-frame-rate',
      outcome: 'information',
      measures: {
        usualRate: { value: round(1000 / frameRate.frameMs, 3), unit: 'fps' },
        shortestInterval: ms(frameRate.shortestMs),
        longestInterval: ms(frameRate.longestMs),
        irregularShare: { value: round(frameRate.irregularShare * 100, 2), unit: 'percent' },
      },
      details: { stream: stream.index },
      places: [{ stream: stream.index }],
      limits: ['variable-rate-is-ordinary'],
    },
  ];
}
