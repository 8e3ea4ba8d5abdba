import { MetadataPrintParser, type PrintedFrame } from '../../tools/parse-metadata-print.ts';
import { readLines } from '../../tools/read-text.ts';
import type { OutputReader } from '../../tools/run-tool.ts';
import type { LoudnessReading, PcmChunk } from '../taps.ts';
import type { Consumers } from './consumers.ts';
import { tapKey, type PlannedAudio, type PlannedPcm } from './plan.ts';
import { readBlocks } from './read-blocks.ts';

/** Samples per channel in a chunk. Always the same, so that sums over chunks come out the same. */
const chunkSamples = 16_384;

/** Readers for the samples and the loudness of one sound. `onSamples` hears how many seconds of it were read. */
export function readAudio(
  audio: PlannedAudio,
  consumers: Consumers,
  onSeconds: (seconds: number) => void,
): Readonly<Record<number, OutputReader>> {
  const outputs: Record<number, OutputReader> = {};
  for (const planned of audio.pcm) {
    const hand = consumers.of<PcmChunk>(tapKey(planned.tap));
    outputs[planned.fd] = (stream) => readPcm(stream, planned, hand, onSeconds);
  }
  if (audio.loudness !== undefined) {
    const hand = consumers.of<LoudnessReading>(tapKey(audio.loudness.tap));
    outputs[audio.loudness.fd] = (stream) => readLoudness(stream, hand);
  }
  return outputs;
}

async function readPcm(
  stream: Parameters<OutputReader>[0],
  planned: PlannedPcm,
  hand: (chunk: PcmChunk) => void | Promise<void>,
  onSeconds: (seconds: number) => void,
): Promise<void> {
  const { channels, sampleRateHz } = planned;
  const block = new Uint8Array(chunkSamples * channels * 4);
  let firstSample = 0;
  const give = async (bytes: number): Promise<void> => {
    const perChannel = Math.floor(bytes / (4 * channels));
    const samples = new Float32Array(block.buffer, 0, perChannel * channels);
    const waiting = hand({ firstSample, channels, sampleRateHz, samples });
    firstSample += perChannel;
    onSeconds(firstSample / sampleRateHz);
    if (waiting !== undefined) await waiting;
  };
  const rest = await readBlocks(stream, block, () => give(block.length));
  if (rest >= 4 * channels) await give(rest);
}

/** The ebur128 filter gives one reading for each tenth of a second, at the time of its first sample. */
const readingMs = 100;

async function readLoudness(
  stream: Parameters<OutputReader>[0],
  hand: (reading: LoudnessReading) => void | Promise<void>,
): Promise<void> {
  let ready: LoudnessReading[] = [];
  const parser = new MetadataPrintParser((frame) => {
    const reading = readLoudnessEntries(frame);
    if (reading !== undefined) ready.push(reading);
  });
  const giveReady = async (): Promise<void> => {
    const readings = ready;
    ready = [];
    for (const reading of readings) await hand(reading);
  };
  await readLines(stream, async (lines) => {
    for (const line of lines) parser.line(line);
    await giveReady();
  });
  parser.end();
  await giveReady();
}

/** The reading of one printed frame; undefined for a frame without the filter's entries. */
export function readLoudnessEntries({ ptsSeconds, entries }: PrintedFrame): LoudnessReading | undefined {
  const number = (key: string): number => {
    const text = entries.get(`lavfi.r128.${key}`);
    if (text === undefined) return NaN;
    return text === '-inf' ? -Infinity : Number(text);
  };
  if (ptsSeconds === null || Number.isNaN(number('M'))) return undefined;
  const truePeak: number[] = [];
  for (let channel = 0; entries.has(`lavfi.r128.true_peaks_ch${channel}`); channel += 1) {
    truePeak.push(20 * Math.log10(number(`true_peaks_ch${channel}`)));
  }
  return {
    atMs: ptsSeconds * 1000 + readingMs,
    ...{ momentary: number('M'), shortTerm: number('S'), integrated: number('I'), range: number('LRA') },
    truePeak,
  };
}
