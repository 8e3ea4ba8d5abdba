import type { FindingInput } from '../../base/finding.ts';
import type { ExhibitMedia, ProbedStream } from '../../media/exhibit-media.ts';
import { declaredCodecDelays, decoderOwnSkip } from '../../media/declared-codec-delay.ts';
import { soundClock } from '../../media/sound-clock.ts';
import { outcomeOfStream, subscribe } from '../../media/taps.ts';
import { defineMethod, type MethodContext, type MethodResult } from '../method.ts';
import { SoundExamination } from './examine-sound.ts';
import { spectrumKernel } from './keep-spectrogram.ts';
import { AudioParams } from './parameters.ts';
import { soundEvents } from './silence-and-clipping.ts';
import { keepSoundArtefacts } from './sound-artefacts.ts';
import { soundFindings } from './sound-findings.ts';
import { transformSpectrumBlock } from './spectrum.ts';

export const audio = defineMethod({
  id: 'audio',
  version: 1,
  programs: ['ffmpeg', 'ffprobe', 'sharp'],
  params: AudioParams,
  references: [
    {
      key: 'ebu-r128',
      citation: 'EBU R 128, Loudness normalisation and permitted maximum level of audio signals, 2023',
    },
    {
      key: 'itu-bs1770',
      citation: 'Recommendation ITU-R BS.1770-5, Algorithms to measure audio programme loudness and true-peak level',
    },
    { key: 'ebu-tech3342', citation: 'EBU Tech 3342, Loudness Range: a measure to supplement EBU R 128 normalisation' },
    { key: 'ebu-tech3306', citation: 'EBU Tech 3306, RF64: an extended file format for audio' },
    {
      key: 'harris-1978',
      citation:
        'F. J. Harris, On the use of windows for harmonic analysis with the discrete Fourier transform, Proceedings of the IEEE 66 (1978) 51–83',
      doi: '10.1109/PROC.1978.10837',
    },
  ],
  limits: ['facts-only', 'decoder-dependent', 'history-not-forgery'],
  kernels: { [spectrumKernel]: transformSpectrumBlock },

  async accepts(media) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { applies: false, reason: 'not-readable' };
    if (soundStreams(probe.value.streams).length > 0) return { applies: true };
    return { applies: false, reason: 'no-sound' };
  },

  needs: () => ({ packets: true, decode: true }),

  async run(media, params, context) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { status: 'not-completed', reason: 'not-readable', findings: [] };
    const all = soundStreams(probe.value.streams);
    return examine(media, all.filter(isDecodable).slice(0, params.maxStreams), all, params, context);
  },
});

function soundStreams(streams: readonly ProbedStream[]): ProbedStream[] {
  return streams.filter(({ type }) => type === 'audio');
}

/** Streams whose header names neither rate nor channels, or an unknown codec, give the decoder nothing to start from. */
function isDecodable(stream: ProbedStream): boolean {
  return stream.codec !== 'unknown' && stream.codec !== '' && (stream.sampleRateHz ?? 0) > 0;
}

async function examine(
  media: ExhibitMedia,
  chosen: readonly ProbedStream[],
  all: readonly ProbedStream[],
  params: AudioParams,
  context: MethodContext,
): Promise<MethodResult> {
  const index = await media.packets();
  const delays = declaredCodecDelays(await media.structure(), all);
  const examinations = chosen.map((stream) => {
    const packets = index.status === 'ok' ? index.value.streams.find((one) => one.stream === stream.index) : undefined;
    const clock = soundClock(stream, packets, decoderOwnSkip(stream, delays));
    return { stream, examination: new SoundExamination(stream, clock, context, params) };
  });
  const outcome = await context.decode(
    examinations.flatMap(({ stream, examination }) => [
      subscribe({ kind: 'pcm', stream: stream.index, sampleRateHz: 'native', channels: 'native' }, (chunk) =>
        examination.takeSound(chunk),
      ),
      subscribe({ kind: 'loudness', stream: stream.index }, (reading) => {
        examination.takeLoudness(reading);
      }),
    ]),
  );

  const findings: FindingInput[] = [];
  let brokeOff: string | undefined;
  for (const { stream, examination } of examinations) {
    const ended = outcomeOfStream(outcome, stream.index);
    const refused = ended.status === 'incomplete' && ended.reason === 'undecodable';
    if (ended.status === 'incomplete' && !refused) brokeOff ??= ended.reason;
    const sound = await examination.finish();
    if (sound === undefined) {
      findings.push(notExamined(stream, refused ? 'not-decodable' : 'nothing-decoded'));
      continue;
    }
    const events = soundEvents(sound.runs, sound.clock);
    const artefacts = await keepSoundArtefacts(context, sound, events);
    findings.push(...soundFindings(sound, events, artefacts, params));
  }
  for (const stream of all)
    if (!chosen.includes(stream))
      findings.push(notExamined(stream, isDecodable(stream) ? 'too-many-streams' : 'not-decodable'));
  if (brokeOff !== undefined) return { status: 'not-completed', reason: brokeOff, findings };
  return { status: 'completed', findings };
}

function notExamined(stream: ProbedStream, reason: string): FindingInput {
  return {
    code: 'sound-not-examined',
    outcome: 'abstained',
    reason,
    details: { stream: stream.index, codec: stream.codec },
    places: [{ stream: stream.index }],
  };
}
