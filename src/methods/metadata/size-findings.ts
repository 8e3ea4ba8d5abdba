import type { FindingInput } from '../../base/finding.ts';
import { childrenOf, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import type { Readable, StillPicture } from '../../media/exhibit-media.ts';
import { nameOf, placeOf } from './finding-place.ts';
import { isOf, type MetadataEntry } from './metadata-entry.ts';
import { listed } from './time-findings.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

type StatedSize = Size & { readonly entry: MetadataEntry };

/** Width and height tags that belong together, by origin. The second directory describes the thumbnail and is left out. */
const pairs: readonly { readonly origin: string; readonly width: string; readonly height: string }[] = [
  { origin: 'exif/exif', width: 'ExifImageWidth', height: 'ExifImageHeight' },
  { origin: 'exif/ifd0', width: 'ImageWidth', height: 'ImageHeight' },
  { origin: 'xmp', width: 'exif:PixelXDimension', height: 'exif:PixelYDimension' },
  { origin: 'xmp', width: 'tiff:ImageWidth', height: 'tiff:ImageLength' },
];
const sameAspect = 0.015;
const limits = ['metadata-can-be-written'] as const;

/** Width and height as the picture's own coding states them; undefined where the exhibit is no still picture. */
export function realSize(structure: Structure, picture: Readable<StillPicture>): Size | undefined {
  const coded = codedSize(structure);
  if (coded !== undefined && coded.width > 0 && coded.height > 0) return coded;
  return picture.status === 'ok' ? { width: picture.value.width, height: picture.value.height } : undefined;
}

function codedSize(structure: Structure): Size | undefined {
  const first = (matches: (node: StructureNode) => boolean): Size | undefined => {
    const node = structure.nodes.find(matches);
    const [width, height] = [numberField(node, 'width'), numberField(node, 'height')];
    return width === undefined || height === undefined ? undefined : { width, height };
  };
  switch (structure.format) {
    case 'jpeg':
      return first(({ type, parent }) => parent === -1 && /^SOF\d/.test(type));
    case 'png':
      return first(({ type }) => type === 'IHDR');
    case 'gif':
      return first(({ type }) => type === 'logical-screen');
    case 'riff':
    case 'webp':
      return first(({ type }) => type === 'VP8X') ?? first(({ type }) => type === 'VP8 ' || type === 'VP8L');
    case 'isobmff':
      return primaryItemSize(structure);
    default:
      return undefined;
  }
}

/** Of a HEIF or AVIF: the extent that belongs to the primary item (ISO/IEC 23008-12 §6.5.3). */
function primaryItemSize(structure: Structure): Size | undefined {
  const primary = numberField(
    structure.nodes.find(({ type }) => type === 'pitm'),
    'itemId',
  );
  const container = structure.nodes.find(({ type }) => type === 'ipco');
  const links = structure.nodes.find(({ type }) => type === 'ipma');
  if (primary === undefined || container === undefined || links === undefined) return undefined;
  const properties = childrenOf(structure, container.id);
  const own = links.fields.find(({ name, value }) => /^entries\[\d+\]\.itemId$/.test(name) && value === primary);
  const list = own === undefined ? undefined : textField(links, own.name.replace('itemId', 'properties'));
  for (const place of (list ?? '').split(' ')) {
    const property = properties[Number.parseInt(place, 10) - 1];
    if (property?.type !== 'ispe') continue;
    const [width, height] = [numberField(property, 'width'), numberField(property, 'height')];
    if (width !== undefined && height !== undefined) return { width, height };
  }
  return undefined;
}

/** Findings about what the origins say of the picture's size and which way up it is. */
export function sizeFindings(
  entries: readonly MetadataEntry[],
  structure: Structure,
  picture: Readable<StillPicture>,
): FindingInput[] {
  const real = realSize(structure, picture);
  const findings: FindingInput[] = [];
  if (real !== undefined && structure.format !== 'unknown') {
    const stated = statedSizes(entries);
    const same = stated.filter(({ width, height }) => width === real.width && height === real.height);
    if (same.length > 0) {
      findings.push({
        code: 'sizes-agree',
        outcome: 'consistent',
        proposition: 'same-size',
        measures: sizeMeasures(real),
        details: { where: listed(same.map(({ entry }) => nameOf(entry))) },
        places: same.slice(0, 8).map(({ entry }) => placeOf(entry)),
        limits: [...limits],
      });
    }
    for (const other of stated.filter((one) => !same.includes(one)).slice(0, 8))
      findings.push(sizeFinding(real, other));
  }
  return [...findings, ...orientationFindings(entries)];
}

function statedSizes(entries: readonly MetadataEntry[]): StatedSize[] {
  return pairs.flatMap(({ origin, width, height }) =>
    entries
      .filter((entry) => isOf(entry, origin) && entry.tag === width)
      .flatMap((entry) => {
        const beside = entries.find((one) => one.origin === entry.origin && one.tag === height);
        const size = { width: Number(entry.raw), height: Number(beside?.raw) };
        return size.width > 0 && size.height > 0 ? [{ ...size, entry }] : [];
      }),
  );
}

function sizeFinding(real: Size, stated: StatedSize): FindingInput {
  const common = {
    measures: {
      ...sizeMeasures(real),
      statedWidth: { value: stated.width, unit: 'px' as const },
      statedHeight: { value: stated.height, unit: 'px' as const },
    },
    details: { origin: nameOf(stated.entry) },
    places: [placeOf(stated.entry)],
    limits: [...limits],
  };
  if (stated.width === real.height && stated.height === real.width) {
    return { ...common, code: 'size-turned', outcome: 'information' };
  }
  const aspects = (stated.width * real.height) / (stated.height * real.width);
  const turned = (stated.width * real.width) / (stated.height * real.height);
  const scaled = Math.abs(aspects - 1) < sameAspect || Math.abs(turned - 1) < sameAspect;
  return {
    ...common,
    code: scaled ? 'size-scaled' : 'size-differs',
    outcome: 'inconsistent',
    proposition: 'same-size',
    measures: {
      ...common.measures,
      scale: {
        value: Math.round((real.width * real.height * 1000) / (stated.width * stated.height)) / 10,
        unit: 'percent',
      },
    },
    limits: [...limits, 'resizing-is-common'],
  };
}

function sizeMeasures({ width, height }: Size): NonNullable<FindingInput['measures']> {
  return { width: { value: width, unit: 'px' }, height: { value: height, unit: 'px' } };
}

function orientationFindings(entries: readonly MetadataEntry[]): FindingInput[] {
  const stated = entries.filter(
    (entry) =>
      (isOf(entry, 'exif/ifd0') && entry.tag === 'Orientation') ||
      (isOf(entry, 'xmp') && entry.tag === 'tiff:Orientation'),
  );
  const [first, ...others] = stated;
  if (first === undefined) return [];
  const findings: FindingInput[] = [];
  if (first.raw !== '1') {
    findings.push({
      code: /^[2-8]$/.test(first.raw) ? 'orientation' : 'orientation-invalid',
      outcome: 'information',
      measures: { orientation: { value: first.readable, unit: 'text' } },
      details: { origin: nameOf(first) },
      places: [placeOf(first)],
      limits: [...limits],
    });
  }
  for (const other of others.filter(({ raw }) => raw.trim() !== first.raw.trim())) {
    findings.push({
      code: 'orientations-differ',
      outcome: 'inconsistent',
      proposition: 'same-orientation',
      measures: { orientationA: { value: first.raw, unit: 'text' }, orientationB: { value: other.raw, unit: 'text' } },
      details: { originA: nameOf(first), originB: nameOf(other) },
      places: [placeOf(first), placeOf(other)],
      limits: [...limits],
    });
  }
  return findings;
}
