import { createHash } from 'node:crypto';
import { bytesInMemory } from '../../base/bytes.ts';
import type { FindingInput } from '../../base/finding.ts';
import { numberField } from '../../containers/structure-query.ts';
import type { Structure } from '../../containers/structure.ts';
import type { ExhibitMedia, Readable, StillPicture } from '../../media/exhibit-media.ts';
import { defaultPictureLimits, readPicture } from '../../media/picture.ts';
import { encodePng } from '../../media/png.ts';
import { reduceToGrey, type GreyPicture } from '../../media/reduce-picture.ts';
import type { MethodContext } from '../method.ts';
import type { CompareThumbnail, ThumbnailComparison } from './compare-thumbnail.ts';
import { isOf, type MetadataEntry } from './metadata-entry.ts';
import type { EmbeddedPicture } from './read-blocks.ts';

const mostThumbnails = 12;
const longestBytes = 32 * 1024 * 1024;
/** Long side at which the picture goes to the comparison, and a large preview too. */
const comparedPixels = 160;
const flatLevels = 2;
/** At least: the same picture. Below both: another. Between: not to be told. See the README for what these come to. */
const same = { detail: 0.5, correlation: 0.85 } as const;
const other = { detail: 0.4, correlation: 0.75 } as const;
/** Small pictures are decoded under tighter bounds than the exhibit itself: a preview of full size still passes. */
const limitsOfDecode = { ...defaultPictureLimits, maxPixels: 64_000_000, timeoutSeconds: 20 };
const limits = ['metadata-can-be-written', 'thumbnail-made-by-anyone'] as const;

/**
 * Every small picture that the exhibit carries beside the one it shows: of EXIF directories, maker notes, Photoshop, a
 * Multi-Picture index, and XMP.
 */
export function embeddedPictures(
  found: readonly EmbeddedPicture[],
  entries: readonly MetadataEntry[],
  media: ExhibitMedia,
  structure: Structure,
): EmbeddedPicture[] {
  const listed = structure.nodes
    .filter(({ type, parent }) => type === 'picture' && parent === -1)
    .map(({ path, offsetBytes, sizeBytes }) => {
      return {
        origin: `mpf/${path}`,
        source: media.bytes,
        offset: offsetBytes,
        length: sizeBytes,
        fileOffset: offsetBytes,
      };
    });
  const inXmp = entries
    .filter((entry) => isOf(entry, 'xmp') && entry.tag.endsWith('xmpGImg:image'))
    .map((entry) => {
      const bytes = Buffer.from(entry.raw.replaceAll(/\s|&#xA;/g, ''), 'base64');
      return { origin: entry.origin, source: bytesInMemory(bytes), offset: 0, length: bytes.length };
    });
  return [...found, ...listed, ...inXmp].slice(0, mostThumbnails);
}

/** Extracts each small picture, keeps it as an artefact, and compares it with the picture that the exhibit shows. */
export async function thumbnailFindings(
  pictures: readonly EmbeddedPicture[],
  shown: Readable<StillPicture>,
  context: MethodContext,
): Promise<FindingInput[]> {
  const reference =
    shown.status === 'ok' && pictures.length > 0 ? await reduceToGrey(shown.value, comparedPixels) : undefined;
  const findings: FindingInput[] = [];
  for (const [index, picture] of pictures.entries()) {
    context.signal.throwIfAborted();
    findings.push(await examine(index, picture, reference, context));
  }
  return findings;
}

async function examine(
  index: number,
  embedded: EmbeddedPicture,
  reference: GreyPicture | undefined,
  context: MethodContext,
): Promise<FindingInput> {
  const available = Math.max(0, Math.min(embedded.length, embedded.source.sizeBytes - embedded.offset, longestBytes));
  const bytes = await embedded.source.read(embedded.offset, available);
  const common = {
    details: { origin: embedded.origin, sha256: createHash('sha256').update(bytes).digest('hex') },
    places: [
      {
        node: embedded.origin,
        ...(embedded.fileOffset === undefined ? {} : { offsetBytes: embedded.fileOffset }),
        lengthBytes: embedded.length,
      },
    ],
  };
  const size = { bytes: { value: bytes.length, unit: 'bytes' as const } };
  const decoded = await readPicture(bytes, limitsOfDecode);
  if (decoded.status !== 'ok') {
    return {
      ...common,
      code: 'thumbnail-not-decoded',
      outcome: 'abstained',
      reason: 'thumbnail-not-decoded',
      measures: { ...size, claimedBytes: { value: embedded.length, unit: 'bytes' } },
      limits: [...limits],
    };
  }
  const { width, height, data } = decoded.value;
  const name = `thumbnail-${String(index)}`;
  await context.keep(
    { kind: 'map', name, title: 'thumbnail', mediaType: 'image/png', width, height, scale: 'picture' },
    await encodePng({ width, height, channels: 3, data }),
    { origin: embedded.origin },
  );
  const measures = {
    ...size,
    width: { value: width, unit: 'px' as const },
    height: { value: height, unit: 'px' as const },
  };
  const kept = { ...common, artefacts: [name], limits: [...limits] };
  if (reference === undefined) {
    return { ...kept, code: 'thumbnail-not-compared', outcome: 'abstained', reason: 'picture-not-decoded', measures };
  }
  const thumbnail = await reduceToGrey(decoded.value, comparedPixels);
  const input: CompareThumbnail = { picture: reference, thumbnail };
  const comparison = await context.compute<ThumbnailComparison>('compareThumbnail', input);
  return {
    ...kept,
    ...verdict(comparison, embedded.origin.startsWith('mpf')),
    measures: { ...measures, ...measuresOf(comparison) },
  };
}

type Verdict = Pick<FindingInput, 'code' | 'outcome' | 'proposition' | 'reason'>;

function verdict(comparison: ThumbnailComparison, isFurtherPicture: boolean): Verdict {
  const proposition = 'thumbnail-shows-picture';
  if (comparison.contrast < flatLevels) {
    return { code: 'thumbnail-flat', outcome: 'abstained', reason: 'thumbnail-flat' };
  }
  if (comparison.detailCorrelation >= same.detail && comparison.correlation >= same.correlation) {
    const turned = comparison.orientation !== 1;
    return { code: turned ? 'thumbnail-turned' : 'thumbnail-agrees', outcome: 'consistent', proposition };
  }
  // A Multi-Picture file may hold what is meant to differ: a depth map, a gain map, another view.
  if (isFurtherPicture) return { code: 'further-picture-differs', outcome: 'information' };
  if (comparison.part !== undefined) return { code: 'thumbnail-shows-more', outcome: 'inconsistent', proposition };
  if (comparison.detailCorrelation < other.detail && comparison.correlation < other.correlation) {
    return { code: 'thumbnail-differs', outcome: 'inconsistent', proposition };
  }
  return { code: 'thumbnail-unclear', outcome: 'inconclusive', proposition };
}

function measuresOf(comparison: ThumbnailComparison): NonNullable<FindingInput['measures']> {
  const share = (value: number) => ({ value: rounded(value), unit: '1' }) as const;
  const { part } = comparison;
  return {
    correlation: share(comparison.correlation),
    detailCorrelation: share(comparison.detailCorrelation),
    meanDifference: { value: rounded(comparison.meanDifference), unit: 'levels' },
    orientation: { value: comparison.orientation, unit: '1' },
    fit: { value: comparison.fit, unit: 'text' },
    ...(part === undefined
      ? {}
      : {
          partCorrelation: share(part.detailCorrelation),
          partShare: { value: rounded(part.width * part.height * 100), unit: 'percent' as const },
        }),
  };
}

/** FORENSIC: three decimals: what floating point could differ in from one machine to another is far below. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Thumbnail items of HEIF and AVIF, which are coded like the picture itself. */
export function codedThumbnails(structure: Structure): FindingInput[] {
  const nodes = structure.nodes.filter(({ type, path }) => type === 'thmb' && /(?:^|\/)iref\//.test(path));
  if (nodes.length === 0) return [];
  return [
    {
      code: 'coded-thumbnail',
      outcome: 'information',
      measures: { thumbnails: { value: nodes.length, unit: '1' } },
      places: nodes.slice(0, 8).map(({ path, offsetBytes }) => ({ node: path, offsetBytes })),
      details: { item: nodes.flatMap((node) => numberField(node, 'fromItemId') ?? []).join(', ') },
      limits: ['thumbnail-made-by-anyone'],
    },
  ];
}
