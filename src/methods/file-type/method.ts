import { z } from 'zod';
import type { FindingInput } from '../../base/finding.ts';
import { contentFormat } from '../../containers/content/content-formats.ts';
import type { ContentIdentity } from '../../containers/content/content-identity.ts';
import { identifyContent } from '../../containers/identify-content.ts';
import type { Structure } from '../../containers/structure.ts';
import { defineMethod } from '../method.ts';
import { findLogicalEnd, type LogicalEnd } from './logical-end.ts';
import { compareClaim, readNameClaim, type NameClaim } from './name-claim.ts';
import { findSecondContent, type SecondContent } from './second-content.ts';
import { describeRegion, type TrailingRegion } from './trailing-region.ts';

const params = z.strictObject({
  /** MiB of trailing data that are searched and measured, in all regions together; the rest is only counted. */
  trailingScanMiB: z.number().int().min(1).max(1024).default(16),
});

/** Structure errors that mean: the content goes on where the file does not. */
const incompleteCodes: ReadonlySet<string> = new Set(['size-beyond-file', 'end-of-image-missing', 'movie-box-missing']);

/** What the file is by its content, against what its name claims; second contents, and data behind the format's end. */
export const fileType = defineMethod({
  id: 'file-type',
  version: 1,
  programs: [],
  params,
  references: [
    { key: 'media-types', citation: 'IANA. Media Types registry.' },
    {
      key: 'polyglots',
      citation:
        'Albertini A. Abusing file formats; or, Corkami, the Novella. International Journal of PoC||GTFO 7, 2015.',
    },
    {
      key: 'entropy',
      citation: 'Shannon C. E. A Mathematical Theory of Communication. Bell System Technical Journal 27, 1948.',
      doi: '10.1002/j.1538-7305.1948.tb01338.x',
    },
  ],
  limits: ['name-is-no-evidence', 'structure-not-checked'],

  accepts: () => Promise.resolve({ applies: true }),
  needs: () => ({ bytes: true }),

  async run(media, { trailingScanMiB }) {
    const content = await identifyContent(media.bytes);
    const claim = readNameClaim(media.originalName);
    const findings: FindingInput[] = [contentFinding(content, media.bytes.sizeBytes), claimFinding(claim, content)];
    findings.push(...nameFindings(claim, content));
    if (content.format === 'empty') return { status: 'completed', findings };

    const structure = await media.structure();
    const end = await findLogicalEnd(media.bytes, content, structure);
    findings.push(...incompleteFindings(structure));
    if (end.status === 'known') {
      const regions: TrailingRegion[] = [];
      let left = trailingScanMiB * 1024 * 1024;
      for (const region of end.beyond) {
        const described = await describeRegion(media.bytes, region, left);
        left -= described.examinedBytes;
        regions.push(described);
      }
      findings.push(...regions.map(trailingFinding), ...regions.flatMap(insideFindings));
    }
    findings.push(...endFindings(end, structure));
    const second = await findSecondContent(media.bytes, content, structure);
    findings.push(...second.map((found) => secondFinding(found, end)));
    return { status: 'completed', findings };
  },
});

const bytes = (value: number) => ({ value, unit: 'bytes' }) as const;

function contentFinding(content: ContentIdentity, sizeBytes: number): FindingInput {
  const measures = { size: bytes(sizeBytes) };
  if (content.format === 'empty') return { code: 'empty-file', outcome: 'information', measures };
  if (content.format === 'unknown')
    return { code: 'content-unknown', outcome: 'information', measures, limits: ['signatures-known'] };
  return {
    code: content.format === 'git-lfs-pointer' ? 'git-lfs-pointer' : 'content-type',
    outcome: 'information',
    measures,
    details: {
      format: content.name,
      mediaType: content.mediaType,
      basis: content.basis,
      ...(content.subtype === undefined ? {} : { subtype: content.subtype }),
    },
    places: [{ offsetBytes: content.offsetBytes, lengthBytes: content.lengthBytes }],
    limits: [content.basis === 'text' ? 'text-has-no-signature' : 'signature-only'],
  };
}

function claimFinding(claim: NameClaim, content: ContentIdentity): FindingInput {
  const details = {
    extension: claim.extension ?? '',
    claimed: claim.formats.map(({ name }) => name).join(', '),
    format: content.name,
  };
  const proposition = 'extension-states-type';
  const places = [{ offsetBytes: content.offsetBytes, lengthBytes: content.lengthBytes }];
  switch (compareClaim(claim, content)) {
    case 'matches':
      return { code: 'extension-matches', outcome: 'consistent', proposition, details, places };
    case 'related':
      return { code: 'extension-related', outcome: 'inconclusive', proposition, details, places };
    case 'mismatch':
      return {
        code: 'extension-mismatch',
        outcome: 'inconsistent',
        proposition,
        details,
        places,
        limits: ['mismatch-is-common'],
      };
    case 'content-unknown':
      return {
        code: 'extension-untested',
        outcome: 'inconclusive',
        proposition,
        details,
        limits: ['signatures-known'],
      };
    case 'empty':
      return { code: 'extension-without-content', outcome: 'inconclusive', proposition, details };
    case 'states-nothing':
      return { code: 'extension-states-nothing', outcome: 'information', details };
  }
}

function nameFindings(claim: NameClaim, content: ContentIdentity): readonly FindingInput[] {
  const findings: FindingInput[] = [];
  if (claim.hiddenExtension !== undefined)
    findings.push({
      code: 'name-has-two-extensions',
      outcome: 'information',
      details: { first: claim.hiddenExtension, last: claim.extension ?? '', format: content.name },
    });
  if (claim.turnsDirection) findings.push({ code: 'name-turns-direction', outcome: 'information' });
  return findings;
}

function incompleteFindings(structure: Structure): readonly FindingInput[] {
  const errors = structure.errors.filter(({ code }) => incompleteCodes.has(code));
  if (errors.length === 0) return [];
  return [
    {
      code: 'content-incomplete',
      outcome: 'information',
      details: { errors: [...new Set(errors.map(({ code }) => code))].join(', ') },
      places: errors.slice(0, 20).map(({ offsetBytes, path }) => ({
        offsetBytes,
        ...(path === '' ? {} : { node: path }),
      })),
      limits: ['damage-or-edit'],
    },
  ];
}

function trailingFinding(region: TrailingRegion): FindingInput {
  const { offsetBytes, lengthBytes } = region;
  const known = region.format !== 'unknown';
  return {
    code: known ? 'trailing-content' : 'trailing-data',
    outcome: 'information',
    measures: {
      offset: bytes(offsetBytes),
      length: bytes(lengthBytes),
      entropy: { value: Math.round(region.entropyBits * 1000) / 1000, unit: '1' },
      zeroShare: { value: Math.round(region.zeroShare * 10_000) / 100, unit: 'percent' },
      examined: bytes(region.examinedBytes),
    },
    details: known ? { format: contentFormat(region.format).name } : {},
    places: [{ offsetBytes, lengthBytes }],
    limits: ['trailing-is-common'],
  };
}

/** Known beginnings further inside a trailing region: data that was hidden behind something else, or kept with it. */
function insideFindings({ inside }: TrailingRegion): readonly FindingInput[] {
  if (inside.length === 0) return [];
  return [
    {
      code: 'known-content-in-trailing-data',
      outcome: 'information',
      measures: { starts: { value: inside.length, unit: '1' } },
      details: { formats: [...new Set(inside.map(({ format }) => format))].join(', ') },
      places: inside.map(({ offset }) => ({ offsetBytes: offset })),
      limits: ['starts-are-not-checked'],
    },
  ];
}

function endFindings(end: LogicalEnd, structure: Structure): readonly FindingInput[] {
  if (end.status === 'unknown')
    return [{ code: 'trailing-data-not-checked', outcome: 'abstained', reason: end.reason }];
  // A file that breaks off has nothing behind its end, but that says nothing.
  const breaksOff = structure.errors.some(({ code }) => incompleteCodes.has(code));
  return end.beyond.length === 0 && !breaksOff ? [{ code: 'ends-with-format', outcome: 'information' }] : [];
}

function secondFinding(found: SecondContent, end: LogicalEnd): FindingInput {
  const isBeyond = end.status === 'known' && end.beyond.some(({ offsetBytes }) => found.offsetBytes >= offsetBytes);
  return {
    code: found.format === 'html' || found.format === 'svg' ? 'embedded-markup' : 'second-content',
    outcome: 'information',
    measures: { offset: bytes(found.offsetBytes), length: bytes(found.lengthBytes) },
    details: { format: found.format, isBeyondEnd: isBeyond },
    places: [{ offsetBytes: found.offsetBytes, lengthBytes: found.lengthBytes }],
    limits: ['second-content-is-common'],
  };
}
