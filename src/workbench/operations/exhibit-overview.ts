import type { z } from 'zod';
import type { exhibitOverview } from '../../contract/window-operations.ts';
import type { ExhibitMedia, Probe, ProbedStream, Readable } from '../../media/exhibit-media.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';
import { listedExhibit } from './list-exhibits.ts';

type Overview = z.infer<typeof exhibitOverview.output>;

/** Answers `exhibit.overview`: the first view of an exhibit, from its head and its packets' index alone; nothing is decoded. */
export async function exhibitOverviewOperation(
  session: WindowSession,
  input: z.infer<typeof exhibitOverview.input>,
): Promise<Overview> {
  const target = heldCase(session, input.folder);
  const media = await session.media.of(target, input.exhibit);
  const [probe, video, sound] = await Promise.all([media.probe(), media.mainVideo(), media.mainAudio()]);
  const picture = video === undefined && sound === undefined ? await pictureSize(media) : null;
  return {
    exhibit: listedExhibit(target.exhibit(input.exhibit)),
    kind: video !== undefined ? 'video' : sound !== undefined ? 'sound' : picture !== null ? 'picture' : 'other',
    format: probe.status === 'ok' ? probe.value.formatName : '',
    ...span(probe),
    video: video === undefined ? null : await videoFacts(session, media, video),
    sound: sound === undefined ? null : soundFacts(sound),
    picture,
    unreadable: probe.status === 'ok' || picture !== null ? [] : [probe.reason],
  };
}

function span(probe: Readable<Probe>): Pick<Overview, 'startMs' | 'durationMs'> {
  if (probe.status !== 'ok') return { startMs: 0, durationMs: null };
  return { startMs: probe.value.startMs ?? 0, durationMs: probe.value.durationMs };
}

async function pictureSize(media: ExhibitMedia): Promise<Overview['picture']> {
  const picture = await media.picture();
  return picture.status === 'ok' ? { width: picture.value.width, height: picture.value.height } : null;
}

async function videoFacts(
  { times }: WindowSession,
  media: ExhibitMedia,
  stream: ProbedStream,
): Promise<Overview['video']> {
  // The first view does not wait for the index of hours.
  const packets = times.isWhole(media) ? await media.packets() : undefined;
  const own = packets?.status === 'ok' ? packets.value.streams.find((one) => one.stream === stream.index) : undefined;
  const rate = stream.averageFrameRate;
  return {
    stream: stream.index,
    codec: stream.codec,
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    rotationDeg: stream.rotationDeg ?? 0,
    framesPerSecond: rate === undefined || rate.num === 0 ? null : rate.num / rate.den,
    packets: own?.count ?? null,
  };
}

function soundFacts(stream: ProbedStream): Overview['sound'] {
  return {
    stream: stream.index,
    codec: stream.codec,
    sampleRateHz: stream.sampleRateHz ?? 0,
    channels: stream.channels ?? 0,
  };
}
