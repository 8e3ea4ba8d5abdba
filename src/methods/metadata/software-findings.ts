import type { FindingInput } from '../../base/finding.ts';
import { nameOf, placeOf } from './finding-place.ts';
import { knownSoftware, type KnownSoftware } from './known-software.ts';
import { isOf, type MetadataEntry } from './metadata-entry.ts';
import { listed } from './time-findings.ts';

const limits = ['metadata-can-be-written'] as const;
const mostPlaces = 8;

/** Tags that name a program, by the end of their name. Handler names count only where they are a program's default. */
const softwareTags =
  /^(?:Software|ProcessingSoftware|RAWDevelopingSoftware|ImageEditingSoftware|CreatorTool|xmp:CreatorTool|tiff:Software|OriginatingProgram|ISFT|MuxingApp|WritingApp|ENCODER|©too|©swr|©enc|com\.apple\.quicktime\.software|com\.android\.version|tag:encoder|tag:software|compressorName|VersionInfo|COM|comment-extension|codingHistory|.*stEvt:softwareAgent)$/i;
const makeTags = /^(?:Make|tiff:Make|©mak|manu|com\.apple\.quicktime\.make|com\.android\.manufacturer)$/;
const modelTags = /^(?:Model|tiff:Model|©mod|modl|com\.apple\.quicktime\.model|com\.android\.model)$/;
const serialTags =
  /^(?:SerialNumber2?|BodySerialNumber|InternalSerialNumber|LensSerialNumber|CameraSerialNumber|aux:SerialNumber|exifEX:BodySerialNumber|LENS|CAME|MediaGroupUUID|ImageUniqueID|OwnerName|CameraOwnerName|aux:OwnerName|com\.apple\.quicktime\.content\.identifier|ShutterCount|ImageCount)$/;

/** Findings about which camera and which programs the origins name. */
export function softwareFindings(entries: readonly MetadataEntry[]): FindingInput[] {
  const makes = entries.filter((entry) => makeTags.test(entry.tag) && isOwn(entry));
  const models = entries.filter((entry) => modelTags.test(entry.tag) && isOwn(entry));
  const programs = entries.filter((entry) => softwareTags.test(entry.tag) && isOwn(entry) && readable(entry) !== '');
  return [
    ...cameraFindings(makes, models),
    ...programFindings(makes, models, programs),
    ...identifierFindings(entries.filter((entry) => serialTags.test(entry.tag) && isOwn(entry))),
  ];
}

/** Not of the small picture in the second directory, and not blank. */
function isOwn(entry: MetadataEntry): boolean {
  return !entry.origin.endsWith('/ifd1') && readable(entry) !== '';
}

function readable(entry: MetadataEntry): string {
  return entry.readable.trim();
}

function cameraFindings(makes: readonly MetadataEntry[], models: readonly MetadataEntry[]): FindingInput[] {
  if (makes.length + models.length === 0) return [];
  const make = makes[0] === undefined ? '' : readable(makes[0]);
  const model = models[0] === undefined ? '' : readable(models[0]);
  const findings: FindingInput[] = [
    {
      code: 'camera',
      outcome: 'information',
      measures: { make: { value: make, unit: 'text' }, model: { value: model, unit: 'text' } },
      places: [...makes.slice(0, 1), ...models.slice(0, 1)].map(placeOf),
      limits: [...limits],
    },
  ];
  for (const named of [makes, models]) {
    const [first, ...others] = named;
    const other = others.find((one) => first !== undefined && plain(one) !== plain(first));
    if (first === undefined || other === undefined) continue;
    findings.push({
      code: 'camera-names-differ',
      outcome: 'inconsistent',
      proposition: 'same-camera',
      measures: { nameA: { value: readable(first), unit: 'text' }, nameB: { value: readable(other), unit: 'text' } },
      details: { originA: nameOf(first), originB: nameOf(other) },
      places: [placeOf(first), placeOf(other)],
      limits: [...limits],
    });
  }
  return findings;
}

function plain(entry: MetadataEntry): string {
  return readable(entry)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function programFindings(
  makes: readonly MetadataEntry[],
  models: readonly MetadataEntry[],
  programs: readonly MetadataEntry[],
): FindingInput[] {
  const known = programs.flatMap((entry) => {
    const software = knownSoftware(readable(entry));
    return software === undefined ? [] : [{ entry, software }];
  });
  const findings: FindingInput[] = [];
  if (programs.length > 0) {
    findings.push({
      code: 'software',
      outcome: 'information',
      measures: { programs: { value: listed(programs.map(readable)), unit: 'text' } },
      details: { where: listed(programs.map(nameOf)) },
      places: programs.slice(0, mostPlaces).map(placeOf),
      limits: [...limits],
    });
  }
  const camera = models[0] ?? makes[0];
  if (camera === undefined || known.length === 0) return findings;
  // FORENSIC: the narrow proposition is about who wrote the file last, not about what was done to the content.
  const kinds = new Set(known.map(({ software }) => software.kind));
  findings.push({
    code: `written-by-${strongest(kinds)}`,
    outcome: 'inconsistent',
    proposition: 'written-by-camera',
    measures: {
      camera: {
        value: [makes[0], models[0]].flatMap((one) => (one === undefined ? [] : [readable(one)])).join(' '),
        unit: 'text',
      },
      programs: { value: listed(known.map(({ software }) => software.name)), unit: 'text' },
    },
    details: { where: listed(known.map(({ entry }) => nameOf(entry))) },
    places: [camera, ...known.map(({ entry }) => entry)].slice(0, mostPlaces).map(placeOf),
    limits: [...limits, 'software-does-not-say-what'],
  });
  return findings;
}

function strongest(kinds: ReadonlySet<KnownSoftware['kind']>): KnownSoftware['kind'] {
  const order = ['editor', 'messenger', 'transcoder', 'transfer'] as const;
  return order.find((kind) => kinds.has(kind)) ?? 'transfer';
}

function identifierFindings(identifiers: readonly MetadataEntry[]): FindingInput[] {
  const useful = identifiers.filter((entry) => !/^0*$/.test(readable(entry)));
  if (useful.length === 0) return [];
  return [
    {
      code: 'device-identifiers',
      outcome: 'information',
      measures: {
        identifiers: { value: listed(useful.map((entry) => `${entry.tag} ${readable(entry)}`)), unit: 'text' },
      },
      places: useful.slice(0, mostPlaces).map(placeOf),
      limits: [...limits],
    },
  ];
}

/** XMP's own account of how the file came about (XMP Specification Part 2 §1.2.2, "ResourceEvent"). */
export function historyFindings(entries: readonly MetadataEntry[]): FindingInput[] {
  const xmp = entries.filter((entry) => isOf(entry, 'xmp'));
  const steps = new Map<string, Record<string, MetadataEntry>>();
  for (const entry of xmp) {
    const match = /^xmpMM:History\[(\d+)\]\/stEvt:(\w+)$/.exec(entry.tag);
    if (!match) continue;
    const key = `${entry.origin}#${match[1] ?? ''}`;
    steps.set(key, { ...steps.get(key), [match[2] ?? '']: entry });
  }
  const findings: FindingInput[] = [];
  const all = [...steps.values()];
  const of = (name: string): MetadataEntry[] => all.flatMap((step) => (step[name] === undefined ? [] : [step[name]]));
  if (all.length > 0) {
    findings.push({
      code: 'edit-history',
      outcome: 'information',
      measures: {
        steps: { value: all.length, unit: '1' },
        actions: { value: listed(of('action').map(readable)), unit: 'text' },
        programs: { value: listed(of('softwareAgent').map(readable)), unit: 'text' },
        first: { value: of('when')[0]?.readable ?? '', unit: 'text' },
        last: { value: of('when').at(-1)?.readable ?? '', unit: 'text' },
      },
      places: all.slice(0, mostPlaces).flatMap((step) => Object.values(step).slice(0, 1).map(placeOf)),
      limits: [...limits, 'history-can-be-incomplete'],
    });
  }
  const [document, original] = ['xmpMM:DocumentID', 'xmpMM:OriginalDocumentID'].map((tag) =>
    xmp.find((entry) => entry.tag === tag),
  );
  if (document !== undefined && original !== undefined && bareId(document) !== bareId(original)) {
    findings.push({
      code: 'derived-document',
      outcome: 'information',
      measures: {
        document: { value: readable(document), unit: 'text' },
        original: { value: readable(original), unit: 'text' },
      },
      places: [placeOf(document), placeOf(original)],
      limits: [...limits],
    });
  }
  return findings;
}

function bareId(entry: MetadataEntry): string {
  return readable(entry)
    .replace(/^[a-z.]+[:.]/i, '')
    .toLowerCase();
}
