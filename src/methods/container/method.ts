import { z } from 'zod';
import type { Structure } from '../../containers/structure.ts';
import type { FindingInput } from '../../base/finding.ts';
import { defineMethod } from '../method.ts';
import { commonFindings } from './common-findings.ts';
import { matroskaFindings } from './matroska-findings.ts';
import { movieFindings } from './movie-findings.ts';
import { pictureFindings } from './picture-findings.ts';
import { riffFindings } from './riff-findings.ts';
import { keepStructureTables } from './structure-tables.ts';
import { writerFindings } from './writers.ts';

/** The structure of the file: every box, element, chunk or segment with its place, and the facts that follow from it. */
export const container = defineMethod({
  id: 'container',
  version: 1,
  programs: [],
  params: z.strictObject({}),
  references: [
    {
      key: 'isobmff',
      citation: 'ISO/IEC 14496-12:2022. Coding of audio-visual objects, part 12: ISO base media file format.',
    },
    { key: 'qtff', citation: 'Apple Inc. QuickTime File Format Specification, 2016.' },
    {
      key: 'matroska',
      citation: 'RFC 9559. Matroska Media Container Format Specification, 2024.',
      doi: '10.17487/RFC9559',
    },
    { key: 'ebml', citation: 'RFC 8794. Extensible Binary Meta Language, 2020.', doi: '10.17487/RFC8794' },
    {
      key: 'riff',
      citation:
        'Microsoft. Multimedia Programming Interface and Data Specifications 1.0, 1991; OpenDML AVI 1.02, 1996.',
    },
    { key: 'bwf', citation: 'EBU Tech 3285 (2011) and Tech 3306 (2009): Broadcast Wave Format and RF64.' },
    {
      key: 'jpeg',
      citation:
        'Rec. ITU-T T.81 | ISO/IEC 10918-1:1992. Digital compression and coding of continuous-tone still images.',
    },
    { key: 'png', citation: 'W3C. Portable Network Graphics (PNG) Specification, Third Edition.' },
    {
      key: 'containers',
      citation:
        'Gloe T., Fischer A., Kirchner M. Forensic analysis of video file formats. Digital Investigation 11, S68–S76, 2014.',
      doi: '10.1016/j.diin.2014.03.009',
    },
    {
      key: 'quantisation',
      citation: 'Farid H. Digital Image Ballistics from JPEG Quantization. Dartmouth College, TR2006-583, 2006.',
    },
  ],
  limits: ['structure-alone', 'tables-in-part'],

  async accepts(media) {
    const { format } = await media.structure();
    return format === 'unknown' ? { applies: false, reason: 'format-not-walked' } : { applies: true };
  },
  needs: () => ({ bytes: true }),

  async run(media, _params, context) {
    const structure = await media.structure();
    await keepStructureTables(context, structure);
    const findings = [...commonFindings(structure), ...formatFindings(structure), ...writerFindings(structure)];
    return { status: 'completed', findings };
  },
});

function formatFindings(structure: Structure): readonly FindingInput[] {
  switch (structure.format) {
    case 'isobmff':
      return movieFindings(structure);
    case 'matroska':
      return matroskaFindings(structure);
    case 'riff':
      return riffFindings(structure);
    case 'jpeg':
    case 'png':
    case 'gif':
    case 'webp':
      return pictureFindings(structure);
    case 'unknown':
      return [];
  }
}
