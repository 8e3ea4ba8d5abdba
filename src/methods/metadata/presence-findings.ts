import type { FindingInput } from '../../base/finding.ts';
import type { Structure } from '../../containers/structure.ts';
import type { MetadataEntry } from './metadata-entry.ts';
import type { ReadBlocks } from './read-blocks.ts';
import type { ReadersCompared } from './second-reading.ts';
import { listed } from './time-findings.ts';

const limits = ['metadata-can-be-written'] as const;
/** Origins that a camera or a person fills; what every container has to have is not among them. */
const kinds = ['exif', 'xmp', 'iptc', 'icc', 'photoshop', 'avchd'] as const;
const stillFormats = new Set(['jpeg', 'png', 'webp', 'gif']);

/** Findings about what metadata there is, whether it could be read, and whether two readers agree on it. */
export function presenceFindings(
  entries: readonly MetadataEntry[],
  read: ReadBlocks,
  readers: ReadersCompared,
  structure: Structure,
): FindingInput[] {
  const present = kinds.filter((kind) => entries.some(({ origin }) => new RegExp(`^${kind}(?:[/[]|$)`).test(origin)));
  const findings: FindingInput[] = [
    {
      code: present.length === 0 ? 'values-without-blocks' : 'values',
      outcome: 'information',
      measures: {
        values: { value: entries.length, unit: '1' },
        located: { value: entries.filter(({ offsetBytes }) => offsetBytes !== undefined).length, unit: '1' },
        ...(present.length === 0 ? {} : { kinds: { value: present.join(', '), unit: 'text' } }),
      },
      artefacts: ['metadata'],
      limits: [...limits],
    },
  ];
  const camera = present.filter((kind) => kind !== 'icc');
  const isStill = stillFormats.has(structure.format) || entries.some(({ origin }) => origin === 'exif/ifd0');
  if (camera.length === 0 && isStill) {
    findings.push({ code: 'no-camera-metadata', outcome: 'information', limits: ['absence-says-nothing'] });
  }
  if (read.problems.length > 0) {
    const [first] = read.problems;
    findings.push({
      code: 'metadata-damaged',
      outcome: 'information',
      measures: { problems: { value: read.problems.length, unit: '1' } },
      details: {
        problem: first?.code ?? '',
        where: listed(read.problems.map(({ origin }) => origin)),
      },
      places: read.problems.slice(0, 8).map(({ node, offsetBytes }) => ({
        ...(node === '' ? {} : { node }),
        ...(offsetBytes === undefined || offsetBytes < 0 ? {} : { offsetBytes }),
      })),
      limits: ['damage-has-many-causes'],
    });
  }
  for (const late of read.late.slice(0, 8)) {
    findings.push({
      code: 'metadata-after-picture',
      outcome: 'information',
      details: { origin: late.origin },
      places: [{ node: late.node, ...(late.offsetBytes === undefined ? {} : { offsetBytes: late.offsetBytes }) }],
      limits: [...limits],
    });
  }
  const blocks = read.tiffs.filter(({ origin }) => /^exif(?:\[|$)/.test(origin));
  if (blocks.length > 1) {
    findings.push({
      code: 'several-exif-blocks',
      outcome: 'information',
      measures: { blocks: { value: blocks.length, unit: '1' } },
      places: blocks.slice(0, 8).map(({ block }) => ({ ...(block.node === '' ? {} : { node: block.node }) })),
      limits: [...limits],
    });
  }
  findings.push(...readerFindings(readers));
  return findings;
}

function readerFindings({ compared, differences, notRead }: ReadersCompared): FindingInput[] {
  const findings: FindingInput[] = [];
  if (compared > 0 || notRead > 0) {
    findings.push({
      code: notRead > 0 ? 'second-reader-gave-up' : 'readers-compared',
      outcome: 'information',
      measures: {
        compared: { value: compared, unit: '1' },
        different: { value: differences.length, unit: '1' },
        blocks: { value: notRead, unit: '1' },
      },
    });
  }
  if (differences.length > 0) {
    findings.push({
      code: 'readers-differ',
      outcome: 'information',
      measures: { different: { value: differences.length, unit: '1' } },
      details: {
        where: listed(differences.map(({ origin, tag }) => `${origin} 0x${tag.toString(16).padStart(4, '0')}`)),
        ours: differences[0]?.ours.slice(0, 200) ?? '',
        theirs: differences[0]?.theirs.slice(0, 200) ?? '',
      },
      places: differences.slice(0, 8).map(({ origin, offsetBytes }) => ({ node: origin, offsetBytes })),
    });
  }
  return findings;
}
