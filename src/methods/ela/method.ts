import { z } from 'zod';
import type { FindingInput } from '../../base/finding.ts';
import type { ExhibitMedia, ProbedStream, StillPicture } from '../../media/exhibit-media.ts';
import { subscribe } from '../../media/taps.ts';
import { defineMethod, type MethodContext, type MethodResult } from '../method.ts';
import { amplify } from './amplify.ts';
import { compareRows } from './compare-rows.ts';
import { frameTimeMs, keepFrames, spreadKeyTimes } from './choose-frames.ts';
import { errorLevels, type ErrorLevelSettings } from './error-levels.ts';
import { keepMaps } from './keep-maps.ts';
import { levelStatistics, type LevelStatistics } from './level-statistics.ts';
import { framesFinding, type LookedAtFrame } from './frames-finding.ts';
import { overlay } from './overlay.ts';
import { roundLevel } from './round-level.ts';

const Params = z.strictObject({
  quality: z.number().int().min(1).max(100).default(90),
  scale: z.number().min(1).max(255).default(15),
  subsampling: z.enum(['4:2:0', '4:4:4']).default('4:2:0'),
  channels: z.enum(['max', 'luma', 'rgb']).default('max'),
  blockSize: z.union([z.literal(8), z.literal(16)]).default(16),
  /** Key frames of a film that are looked at, spread over its length. */
  frames: z.number().int().min(0).max(24).default(3),
});
type Params = z.infer<typeof Params>;

const uncalibrated = ['uncalibrated', 'aid-not-detector', 'compare-like-with-like'] as const;

export const ela = defineMethod({
  id: 'ela',
  version: 2,
  programs: ['sharp', 'ffmpeg', 'ffprobe'],
  params: Params,
  references: [
    {
      key: 'krawetz-2007',
      citation: "N. Krawetz, A Picture's Worth: Digital Image Analysis and Forensics, Black Hat Briefings 2007",
    },
    {
      key: 'zampoglou-2017',
      citation:
        'M. Zampoglou, S. Papadopoulos, Y. Kompatsiaris, Large-scale evaluation of splicing localization algorithms for web images, Multimedia Tools and Applications 76 (2017) 4801–4834',
      doi: '10.1007/s11042-016-3795-2',
    },
    { key: 'itu-t81', citation: 'ITU-T Recommendation T.81 | ISO/IEC 10918-1, Digital compression of still images' },
  ],
  limits: ['aid-not-detector', 'compare-like-with-like', 'only-jpeg-history'],
  kernels: { compareRows, amplify, overlay },

  lens: {
    parameters: ['quality', 'subsampling', 'channels', 'scale'],
    gainParameter: 'scale',
    async look(picture, params, context) {
      const { map } = await errorLevels(picture, settingsOf(params), context);
      const { width, height } = picture;
      const channels = params.channels === 'rgb' ? 3 : 1;
      return { width, height, channels, data: map, legend: { max: 255, unit: 'levels', label: 'level' } };
    },
  },

  async accepts(media) {
    const picture = await media.picture();
    if (picture.status === 'ok') return { applies: true };
    if (picture.reason !== 'not-media') return { applies: false, reason: `picture-${picture.reason}` };
    return (await media.mainVideo()) === undefined ? { applies: false, reason: 'no-picture' } : { applies: true };
  },

  needs: ({ frames }) => ({ picture: true, packets: frames > 0, decode: frames > 0 }),

  async run(media, params, context) {
    const picture = await media.picture();
    if (picture.status === 'ok') return examinePicture(picture.value, params, context);
    const video = await media.mainVideo();
    if (video === undefined || params.frames === 0) {
      const finding: FindingInput = { code: 'no-frames-chosen', outcome: 'abstained', reason: 'no-frames-chosen' };
      return { status: 'completed', findings: [finding] };
    }
    return examineFrames(media, video, params, context);
  },
});

async function examinePicture(picture: StillPicture, params: Params, context: MethodContext): Promise<MethodResult> {
  const levels = await errorLevels(picture, settingsOf(params), context);
  const measures = measuresOf(levelStatistics(levels), params);
  const artefacts = await keepMaps(context, levels, settingsOf(params), picture);
  const findings: FindingInput[] = [];
  if (picture.format === 'jpeg') {
    findings.push({
      code: 'error-levels',
      outcome: 'information',
      measures,
      artefacts,
      limits: ['aid-not-detector', 'compare-like-with-like', 'resaving-levels-out', 'quality-matters'],
    });
  } else {
    // FORENSIC: without a JPEG history there is nothing that the levels could be compared with. Never more than this.
    findings.push({
      code: 'no-jpeg-history',
      outcome: 'abstained',
      reason: 'no-jpeg-history',
      measures,
      details: { format: picture.format },
      artefacts,
      limits: [...uncalibrated],
    });
  }
  if (picture.damage !== undefined) {
    findings.push({
      code: 'picture-damaged',
      outcome: 'information',
      details: { truncated: picture.damage.truncated },
      limits: ['damaged-picture'],
    });
  }
  if (picture.pages !== undefined) {
    findings.push({
      code: 'first-page-only',
      outcome: 'information',
      measures: { pages: { value: picture.pages, unit: '1' } },
    });
  }
  return { status: 'completed', findings };
}

async function examineFrames(
  media: ExhibitMedia,
  video: ProbedStream,
  params: Params,
  context: MethodContext,
): Promise<MethodResult> {
  const index = await media.packets();
  const packets = index.status === 'ok' ? index.value.streams.find(({ stream }) => stream === video.index) : undefined;
  const times = spreadKeyTimes(packets, params.frames);
  const keeper = keepFrames(times, params.frames);
  // Only what is looked at is turned into RGB: for every key frame of a film that costs more than everything else here.
  const select = times.length > 0 ? { times } : 'key';
  const outcome = await context.decode([
    subscribe({ kind: 'frames', stream: video.index, width: 'native', pixelFormat: 'rgb24', select }, (frame) => {
      keeper.take(frame);
    }),
  ]);
  const looked: LookedAtFrame[] = [];
  for (const frame of keeper.kept()) {
    const levels = await errorLevels(frame, settingsOf(params), context);
    const statistics = levelStatistics(levels);
    const artefacts = await keepMaps(context, levels, settingsOf(params), { ...frame, frame: frame.index });
    looked.push({ index: frame.index, timeMs: frameTimeMs(frame, video.timeBase), statistics, artefacts });
  }
  const findings = looked.length === 0 ? [] : [await framesFinding(looked, video.index, params.quality, context)];
  if (outcome.status === 'incomplete') return { status: 'not-completed', reason: outcome.reason, findings };
  if (findings.length > 0) return { status: 'completed', findings };
  return { status: 'completed', findings: [{ code: 'no-frames', outcome: 'abstained', reason: 'no-frames' }] };
}

function settingsOf(params: Params): ErrorLevelSettings {
  const { quality, scale, channels, blockSize, subsampling } = params;
  return { quality, scale, channels, blockSize, chromaSubsampling: subsampling };
}

function measuresOf(statistics: LevelStatistics, params: Params): NonNullable<FindingInput['measures']> {
  const level = (value: number) => ({ value: roundLevel(value), unit: 'levels' }) as const;
  const percent = (share: number) => ({ value: roundLevel(share * 100), unit: 'percent' }) as const;
  return {
    quality: { value: params.quality, unit: '1' },
    meanLevel: level(statistics.meanLevel),
    maxLevel: level(statistics.maxLevel),
    medianBlock: level(statistics.medianBlock),
    highBlock: level(statistics.highBlock),
    blockSpread: level(statistics.blockSpread),
    shareAbove: percent(statistics.shareAbove),
    unchangedShare: percent(statistics.unchangedShare),
  };
}
