import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createText, type Catalogue, type Text } from '../../../src/base/text.ts';

const resources = resolve(import.meta.dirname, '../../../resources');

const common = {
  question: 'What does this part of the exhibit say about how it was made?',
  summary: 'The bytes are read once and compared with what the format prescribes. Nothing is decoded for it.',
  parameters: {
    quality: { label: 'JPEG quality' },
    chroma: { label: 'Chroma subsampling' },
    frames: { label: 'Frames' },
    deep: { label: 'Every level' },
  },
  propositions: {
    original: 'The file is as the device that recorded it wrote it.',
    synchronous: 'Sound and picture were recorded together and not shifted since.',
  },
  measures: {
    audioLeadMs: 'Sound ahead of picture',
    level: 'Difference',
    gop: 'Length of a group of pictures',
    size: 'Size of the block',
    rate: 'Frame rate',
    loudness: 'Integrated loudness',
    bandwidth: 'Bandwidth',
    software: 'Written by',
    drift: 'Drift of the sound',
    frames: 'Frames in all',
    count: 'Number of them',
  },
  limits: {
    remux: 'A remux with the same program gives the same structure.',
    platform: 'Messengers write this into every film that passes through them.',
    quality: 'The second quality must be higher than the first for this to be seen.',
    sync: 'Normal sync does not clear a film.',
    static: 'A static scene repeats frames without anyone having copied them.',
  },
  reasons: {
    'no-jpeg': 'The exhibit has no history of JPEG saving; this method would mean nothing here.',
    'no-sound': 'The exhibit has no sound.',
    'wide-shot': 'The face is smaller than 80 pixels, so that the movement of the mouth cannot be measured.',
    'time-limit': 'The run was stopped at its time limit of {{limit}} after {{done}} frames.',
  },
  artefacts: {
    map: 'Error levels of frame {{frame}} after saving again at quality 90',
    overlay: 'The picture with its error levels above it',
    sheet: 'Contact sheet: scene changes and one frame every ten seconds',
    sizes: 'Size of every packet of stream 0',
    rate: 'Bit rate, second by second',
    wave: 'Envelope of the sound, channel 1',
    spectrogram: 'Spectrogram of stream 1',
    tree: 'Structure of the file',
    tags: 'All metadata with their origin',
    repeats: 'Runs of repeated frames',
    blocks: 'Mean error level by block',
    hashes: 'Hash of every frame',
  },
  columns: {
    timeMs: 'Time',
    bytes: 'Packet size',
    rate: 'Bit rate',
    low: 'Lowest',
    high: 'Highest',
    rms: 'Effective value',
    x: 'Column',
    mean: 'Mean',
    max: 'Largest',
    type: 'Type',
    offset: 'Offset',
    length: 'Length',
    fields: 'Fields',
    tag: 'Tag',
    value: 'Value',
    origin: 'Origin',
  },
  events: { 'repeated-run': 'repeated frames' },
  findings: {
    'sound-shifted': {
      observation: 'The sound is ahead of the picture by {{audioLeadMs}}.',
      interpretation:
        'Viewers notice sound that leads by more than 45 ms (ITU-R BT.1359). A recording device keeps both within a frame.',
    },
    'double-coded': {
      observation: 'The picture types repeat with a period of {{gop}} that the present coding does not have.',
      interpretation: 'The film was probably coded twice, first with another group length.',
    },
    'repeated-run': {
      observation: '{{count}} runs of identical frames were found in moving scenes.',
      interpretation:
        'Frames can be repeated by an editor, by a variable frame rate, or by a dropped frame that was filled.',
    },
    'cannot-tell': { observation: 'This method gives no answer for this exhibit.' },
    'order-kept': {
      observation: 'All {{count}} packets stand in the order in which a camera writes them.',
      interpretation: 'This agrees with an unedited file and with many edited ones.',
    },
    'written-by': {
      observation: 'The container names {{software}} as the program that wrote it.',
      interpretation: 'It speaks of the last program only.',
    },
    'block-size': { observation: 'A free block of {{size}} stands at {{node}}.' },
    levels: { observation: 'Integrated loudness is {{loudness}}, bandwidth {{bandwidth}}.' },
    rate: { observation: 'The stream has {{frames}} at {{rate}} on average.' },
    map: { observation: 'Error levels were mapped; see the figures.' },
  },
} as const;

const titles: Record<string, string> = {
  'file-type': 'File type',
  metadata: 'Metadata',
  container: 'Container structure',
  packets: 'Packets and timing',
  frames: 'Frames',
  audio: 'Sound',
  ela: 'Error-level analysis',
  'av-sync': 'Audio-video sync',
  'double-coding': 'Double encoding',
  'copy-move': 'Copied regions',
  ghosts: 'JPEG ghosts',
};
/** Methods that the rich report ran; `ghosts` is one that nobody chose. */
export const fixtureMethods = Object.keys(titles).filter((id) => id !== 'ghosts');

/** Texts of the fixture's methods by namespace. */
export function fixtureCatalogues(): Record<string, Catalogue> {
  return Object.fromEntries(Object.entries(titles).map(([id, title]) => [`methods/${id}`, { title, ...common }]));
}

/** English texts of the report and of the fixture's methods; a missing one throws. */
export async function fixtureText(): Promise<Text> {
  const read = async (name: string) =>
    JSON.parse(await readFile(resolve(resources, 'locales/en', name), 'utf8')) as Catalogue;
  const actions = {
    key: { certified: 'custody key certified' },
    case: { created: 'case created' },
    exhibit: { added: 'exhibit taken in' },
  };
  const catalogues = {
    case: { actions },
    report: await read('report.json'),
    pdf: await read('pdf.json'),
    note: await read('note.json'),
    units: await read('units.json'),
    errors: await read('errors.json'),
  };
  return createText({ en: { ...catalogues, ...fixtureCatalogues() } }, 'en', { onMissing: 'throw' });
}
