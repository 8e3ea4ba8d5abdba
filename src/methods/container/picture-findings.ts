import { createHash } from 'node:crypto';
import type { FindingInput } from '../../base/finding.ts';
import { field, nodesOfType, numberField, textField } from '../../containers/structure-query.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { bytes, count, placeOf, placesOf } from './finding-parts.ts';

/** Facts of picture files: how a JPEG is coded, its tables, the order of its segments, what is missing. */
export function pictureFindings(structure: Structure): readonly FindingInput[] {
  if (structure.format !== 'jpeg') return pngFindings(structure);
  return [
    ...coding(structure),
    ...quantisation(structure),
    ...segmentOrder(structure),
    ...missingEnd(structure),
    ...severalPictures(structure),
  ];
}

/** Segments of the first picture: further pictures have nodes of their own around theirs. */
function ofFirstPicture(structure: Structure, test: (node: StructureNode) => boolean): readonly StructureNode[] {
  return structure.nodes.filter((node) => node.parent === -1 && test(node));
}

function coding(structure: Structure): readonly FindingInput[] {
  const [frame] = ofFirstPicture(structure, ({ type }) => /^SOF\d+$/.test(type));
  if (frame === undefined) return [];
  const scans = ofFirstPicture(structure, ({ type }) => type === 'SOS').length;
  const huffman = ofFirstPicture(structure, ({ type }) => type === 'DHT').flatMap((node) =>
    node.fields.filter(({ name }) => name.endsWith('.standardLengths')),
  );
  const process = textField(frame, 'process') ?? '';
  return [
    {
      code: process.startsWith('progressive') ? 'progressive' : 'picture-coding',
      outcome: 'information',
      measures: {
        width: { value: numberField(frame, 'width') ?? 0, unit: 'px' },
        height: { value: numberField(frame, 'height') ?? 0, unit: 'px' },
        scans: count(scans),
      },
      details: {
        process,
        sampling: textField(frame, 'sampling') ?? '',
        components: numberField(frame, 'components') ?? 0,
        standardHuffman: huffman.length > 0 && huffman.every(({ value }) => value === true),
      },
      places: [placeOf(frame)],
      limits: ['coding-is-a-choice'],
    },
  ];
}

interface Table {
  readonly id: number;
  readonly values: string;
  readonly quality: number | null;
  readonly standard: string | null;
}

/**
 * FORENSIC: standard tables are what most software uses and say nothing about where a picture comes from. Others are compared
 * by their digest: pictures of one origin share it, but so do many models.
 */
function quantisation(structure: Structure): readonly FindingInput[] {
  const nodes = ofFirstPicture(structure, ({ type }) => type === 'DQT');
  const tables = nodes.flatMap(tablesOf);
  if (tables.length === 0) return [];
  const qualities = [...new Set(tables.map(({ quality }) => quality))];
  const [quality] = qualities;
  const digest = createHash('sha256')
    .update(tables.map(({ id, values }) => `${id}: ${values}\n`).join(''))
    .digest('hex');
  const details = { digest, tables: tables.length };
  const places = placesOf(nodes);
  if (qualities.length === 1 && typeof quality === 'number')
    return [
      {
        code: 'quantisation-standard',
        outcome: 'information',
        measures: { quality: count(quality) },
        details,
        places,
        limits: ['standard-tables-say-nothing'],
      },
    ];
  const listed = tables.map((t) => (t.quality === null ? '–' : `${t.standard ?? ''} ${t.quality}`)).join(', ');
  return [
    {
      code: tables.every((table) => table.quality === null) ? 'quantisation-own' : 'quantisation-mixed',
      outcome: 'information',
      details: { ...details, qualities: listed },
      places,
      limits: ['tables-are-shared'],
    },
  ];
}

function tablesOf(node: StructureNode): readonly Table[] {
  const tables: Table[] = [];
  for (let index = 0; ; index++) {
    const values = textField(node, `tables[${index}].values`);
    if (values === undefined) return tables;
    tables.push({
      id: numberField(node, `tables[${index}].id`) ?? 0,
      values,
      quality: numberField(node, `tables[${index}].quality`) ?? null,
      standard: textField(node, `tables[${index}].standard`) ?? null,
    });
  }
}

function segmentOrder(structure: Structure): readonly FindingInput[] {
  const nodes = ofFirstPicture(structure, ({ type }) => type !== 'entropy-coded-data');
  const names = nodes.map((node) => {
    const identifier = textField(node, 'identifier');
    return identifier === undefined || identifier === '' ? node.type : `${node.type}:${identifier}`;
  });
  if (names.length === 0) return [];
  const order = names.length > 60 ? `${names.slice(0, 60).join(' ')} …` : names.join(' ');
  return [{ code: 'segment-order', outcome: 'information', details: { order }, limits: ['order-is-a-habit'] }];
}

function missingEnd(structure: Structure): readonly FindingInput[] {
  const error = structure.errors.find(({ code, path }) => code === 'end-of-image-missing' && path === '');
  if (error === undefined) return [];
  const places = [{ offsetBytes: error.offsetBytes }];
  return [{ code: 'end-of-image-missing', outcome: 'information', places, limits: ['damage-or-edit'] }];
}

function severalPictures(structure: Structure): readonly FindingInput[] {
  const index = nodesOfType(structure, 'APP2').find((node) => field(node, 'identifier') === 'MPF');
  const pictures = structure.nodes.filter((node) => node.parent === -1 && node.type === 'picture');
  if (index === undefined) return [];
  return [
    {
      code: 'several-pictures',
      outcome: 'information',
      measures: {
        listed: count(numberField(index, 'pictures') ?? 0),
        found: count(pictures.length + 1),
        size: bytes(pictures.reduce((sum, node) => sum + node.sizeBytes, 0)),
      },
      places: [placeOf(index), ...placesOf(pictures)],
    },
  ];
}

function pngFindings(structure: Structure): readonly FindingInput[] {
  const late = nodesOfType(structure, 'eXIf').filter((node) => field(node, 'afterImageData') === true);
  return [
    ...(late.length === 0
      ? []
      : [
          {
            code: 'exif-after-image-data',
            outcome: 'information' as const,
            places: placesOf(late),
            limits: ['order-is-a-habit'],
          },
        ]),
    ...missingEnd(structure),
  ];
}
