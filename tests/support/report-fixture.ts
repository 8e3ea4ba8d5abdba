import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Artefact } from '../../src/base/artefact.ts';
import type { FindingInput } from '../../src/base/finding.ts';
import { Finding } from '../../src/base/finding.ts';
import { encodeNpyColumns } from '../../src/base/npy.ts';
import { createText, type Catalogue, type Text } from '../../src/base/text.ts';
import { ExaminationResult } from '../../src/examination/result.ts';
import { encodePng } from '../../src/media/png.ts';
import type { ReportExamination, ReportInput } from '../../src/report/model/report-input.ts';

const resources = resolve(import.meta.dirname, '../../resources');
const hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** Small deterministic noise in [0, 1). */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type NewArtefact = Artefact extends infer A
  ? A extends Artefact
    ? Omit<A, 'sha256' | 'sizeBytes' | 'file' | 'details'> & { details?: Record<string, string | number> }
    : never
  : never;

const extensions: Record<string, string> = {
  'application/json': 'json',
  'application/x-npy': 'npy',
  'image/png': 'png',
};

/** An examination with artefacts in memory. */
export class FixtureExamination {
  readonly #artefacts: Artefact[] = [];
  readonly #files = new Map<string, Uint8Array>();

  keep(artefact: NewArtefact, bytes: Uint8Array): this {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = `${sha256}.${extensions[artefact.mediaType] ?? 'bin'}`;
    this.#files.set(file, bytes);
    this.#artefacts.push({ details: {}, ...artefact, sha256, sizeBytes: bytes.length, file });
    return this;
  }

  keepJson(artefact: NewArtefact, value: unknown): this {
    return this.keep(artefact, new TextEncoder().encode(JSON.stringify(value)));
  }

  async keepMap(
    artefact: NewArtefact & { kind: 'map' },
    channels: 1 | 3,
    level: (x: number, y: number, channel: number) => number,
  ): Promise<this> {
    const { width, height } = artefact;
    const data = new Uint8Array(width * height * channels);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) data[(y * width + x) * channels + c] = level(x, y, c);
    return this.keep(artefact, await encodePng({ width, height, channels, data }));
  }

  finish(
    exhibit: string,
    method: string,
    findings: readonly FindingInput[],
    rest: Partial<ExaminationResult> = {},
    withRun = true,
  ): ReportExamination {
    const key = hex(`${exhibit} ${method}`);
    const ffmpeg = [
      'ffmpeg',
      '-nostdin',
      '-i',
      'original.mp4',
      '-map',
      '0:0',
      '-fps_mode',
      'passthrough',
      '-f',
      'framehash',
      '-',
    ];
    const result = ExaminationResult.parse({
      schema: 'assay.examination/1',
      key,
      exhibitSha256: hex(exhibit),
      method: { id: method, version: 1 },
      parameters: { quality: 90, chroma: '4:2:0', frames: [0, 12, 480], deep: true },
      programs: [
        { name: 'ffmpeg', version: '5.1.6-0+deb12u1', sha256: hex('ffmpeg') },
        { name: 'ffprobe', version: '5.1.6-0+deb12u1', sha256: hex('ffprobe') },
      ],
      commands: [ffmpeg],
      status: 'completed',
      findings: findings.map((finding) => Finding.parse(finding)),
      artefacts: this.#artefacts,
      ...rest,
    });
    const files = this.#files;
    const shared = {
      program: 'ffmpeg',
      arguments: ffmpeg.slice(1),
      sandbox: 'bubblewrap' as const,
      exitCode: 0,
      elapsedMs: 4312.4,
      cpuMs: 7120.9,
      sharedWith: ['frames', 'audio', 'ela'],
    };
    return {
      result,
      ...(withRun
        ? {
            run: {
              schema: 'assay.run/1',
              key,
              assayVersion: '0.1.0',
              startedAt: '2026-03-14T10:27:01.120Z',
              endedAt: '2026-03-14T10:27:05.480Z',
              platform: 'linux x64, Node 20.20.0',
              runs: [
                shared,
                {
                  program: 'ffprobe',
                  arguments: ['-v', 'error', '-show_packets', '-of', 'json', "original it's.mp4"],
                  sandbox: 'none' as const,
                  exitCode: null,
                  elapsedMs: 400,
                  stoppedBy: 'time-limit' as const,
                  sharedWith: [],
                },
              ],
            },
          }
        : {}),
      readArtefact: (file) => {
        const bytes = files.get(file);
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no ${file}`));
      },
    };
  }
}

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

const exhibitRecord = (id: string, name: string, role: 'questioned' | 'reference') => ({
  schema: 'assay.exhibit/1' as const,
  id,
  role,
  name,
  pathAsGiven: `/media/usb0/${name}`,
  fileName: 'original.mp4',
  sizeBytes: 48_234_567,
  sha256: hex(id),
  sha512: createHash('sha512').update(id).digest('hex'),
  md5: createHash('md5').update(id).digest('hex'),
  fileTimes: { modified: '2026-03-12T18:04:11.000Z', changed: '2026-03-14T10:20:00.000Z', accessed: null, born: null },
  addedAt: '2026-03-14T10:26:53.000Z',
  addedBy: 'Examiner of the laboratory',
});

/** The smallest report there is: one exhibit, one method, one finding. */
export function smallInput(
  words: Partial<Record<'title' | 'name' | 'software' | 'node' | 'source', string>> = {},
): ReportInput {
  const examination = new FixtureExamination().finish('E001', 'container', [
    {
      code: 'written-by',
      outcome: 'inconsistent',
      proposition: 'original',
      measures: { software: { value: words.software ?? 'Lavf59.27.100', unit: 'text' } },
      places: [{ node: words.node ?? 'moov/udta', offsetBytes: 4096, lengthBytes: 120 }],
      limits: ['remux'],
    },
  ]);
  return {
    id: 'R001',
    case: {
      schema: 'assay.case/1',
      id: '6e4d7f5c-29b1-4b71-9d2f-8a5b0c3e1f00',
      title: words.title ?? 'A clip',
      examiner: 'Examiner',
      language: 'en',
      timeZone: 'Asia/Almaty',
      createdAt: '2026-03-14T10:26:00.000Z',
    },
    exhibits: [
      {
        record: {
          ...exhibitRecord('E001', words.name ?? 'clip.mp4', 'questioned'),
          ...(words.source === undefined ? {} : { source: words.source }),
        },
        examinations: [examination],
        methodsNotChosen: [],
      },
    ],
    methods: [{ id: 'container', version: 1, references: [], limits: ['remux'] }],
    custody: { entries: custody(3), head: { seq: 2, hash: hex('2') } },
    identity: {
      name: 'Examiner',
      fingerprint: hex('certificate'),
      words: ['amber', 'river', 'seven', 'lamp'],
      practice: true,
    },
    assayVersion: '0.1.0',
    timeZoneData: '2026a',
    createdAt: '2026-03-14T10:30:00.000Z',
  };
}

const written = { at: '2026-03-14T11:02:00.000Z', author: 'Examiner of the laboratory' };

function custody(count: number): ReportInput['custody']['entries'] {
  return Array.from({ length: count }, (_, seq) => ({
    seq,
    at: new Date(Date.UTC(2026, 2, 14, 10, 26, seq)).toISOString(),
    actor: 'Examiner of the laboratory',
    action:
      seq === 0 ? 'case.created' : seq === 1 ? 'key.certified' : seq < 6 ? 'exhibit.added' : 'examination.recorded',
    subject: seq === 0 ? 'case' : seq < 6 ? `E00${(seq % 3) + 1}` : `E001/examinations/${hex(String(seq))}`,
    detail: {},
    key: hex('custody key'),
    prev: seq === 0 ? '0'.repeat(64) : hex(String(seq - 1)),
    hash: hex(String(seq)),
    signature: 'c2lnbmF0dXJl',
  }));
}

/** Three exhibits, ten methods, about forty findings, every kind of artefact, names in several scripts. */
export async function richInput(): Promise<ReportInput> {
  const long =
    'Қазақстан Республикасының Ұлттық арнасындағы сұхбат — толық нұсқасы, өңделмеген (2026 жылғы наурыз) №3.mp4';
  const tajik =
    'Мусоҳибаи ғайрирасмӣ бо ҷонибдорони тағйироти қонун дар шаҳри Хуҷанд_нусхаи_дуюм_аз_телефони_шоҳид.mov';
  const exhibits = [];
  for (const [i, [id, name, role]] of (
    [
      ['E001', long, 'questioned'],
      ['E002', tajik, 'questioned'],
      ['E003', 'reference recording \u202egpj.4pm', 'reference'],
    ] as const
  ).entries()) {
    const examinations: ReportExamination[] = [];
    for (const method of fixtureMethods) examinations.push(await richExamination(id, method, i));
    exhibits.push({
      record: {
        ...exhibitRecord(id, name, role),
        source: 'Handed over on a USB stick by the broadcaster; копия аз Telegram',
      },
      examinations,
      methodsNotChosen: ['ghosts'],
    });
  }
  return {
    ...smallInput(),
    case: {
      ...smallInput().case,
      title: 'Interview that circulates since 12 March, «Сұхбат және оның көшірмелері»',
      reference: '2026-014/Қ',
    },
    exhibits,
    methods: fixtureMethods.map((id) => ({
      id,
      version: 1,
      limits: ['remux', 'quality'],
      references: [
        {
          key: 'a',
          citation: 'ITU-R Recommendation BT.1359-1, Relative timing of sound and vision for broadcasting, 1998',
        },
        { key: 'b', citation: 'Multimedia Forensics, ICIP 2023', doi: '10.5201/ipol.2021.390' },
      ],
    })),
    custody: { entries: custody(90), head: { seq: 89, hash: hex('89') } },
    opinions: [
      {
        ...written,
        proposition: 'The sound was recorded with the picture.',
        alternative: 'The sound was put under the picture later.',
        outcome: 'inconsistent',
        strength: 'moderate',
        words: 'The shift is constant.\nA player that adds delay would shift every film of this collection.',
      },
    ],
    provenance: [
      {
        ...written,
        exhibit: 'E001',
        question: 'unknown-page',
        answer: 'yes',
        reason: 'A channel without a name.\nIt was opened on the day before.',
      },
      { ...written, exhibit: 'E001', question: 'first-publication-known', answer: 'unknown', reason: '' },
    ],
    notes: [{ ...written, exhibit: 'E002', words: 'The broadcaster was asked for the recording.' }],
    marked: [{ exhibit: 'E001', key: hex('E001 av-sync'), index: 0, words: 'Seen and heard as well.' }],
    bookmarks: [
      {
        ...written,
        exhibit: 'E001',
        startMs: 41_133,
        frame: 1234,
        status: 'relevant',
        words: 'The mouth closes while the word goes on.',
      },
    ],
  };
}

async function richExamination(id: string, method: string, exhibit: number): Promise<ReportExamination> {
  const examination = new FixtureExamination();
  const random = noise(exhibit * 100 + fixtureMethods.indexOf(method));
  const minutes = [1, 12, 130][exhibit] ?? 1;
  switch (method) {
    case 'av-sync':
      return examination.finish(id, method, [
        {
          code: 'sound-shifted',
          outcome: exhibit === 2 ? 'consistent' : 'inconsistent',
          proposition: 'synchronous',
          measures: {
            audioLeadMs: { value: exhibit === 2 ? 4 : 160, unit: 'ms', uncertainty: 20 },
            drift: { value: 0.4, unit: 'ms/min' },
          },
          places: [
            { startMs: 0, endMs: 41_133 },
            { node: 'moov/trak[1]/edts/elst', offsetBytes: 48_101, lengthBytes: 28 },
          ],
          limits: ['sync', 'remux'],
        },
        { code: 'cannot-tell', outcome: 'abstained', reason: 'wide-shot', limits: ['sync'] },
      ]);
    case 'ela': {
      if (exhibit === 2)
        return examination.finish(
          id,
          method,
          [],
          { status: 'not-applicable', reason: 'no-jpeg', artefacts: [] },
          false,
        );
      const over = { plane: 'picture', frame: 480 } as const;
      const size = { width: 960, height: 540 };
      await examination.keepMap(
        {
          kind: 'map',
          name: 'ela-map',
          title: 'map',
          details: { frame: 480 },
          mediaType: 'image/png',
          ...size,
          scale: 'viridis',
          legend: { min: 0, max: 17, unit: 'levels', label: 'level' },
          over,
        },
        1,
        (x, y) => (Math.hypot(x - 600, y - 250) < 90 ? 190 : 40) + random() * 50,
      );
      await examination.keepMap(
        { kind: 'map', name: 'ela-overlay', title: 'overlay', mediaType: 'image/png', ...size, scale: 'picture', over },
        3,
        (x, y, c) => ((x >> 4) * 3 + (y >> 3) * 2 + c * 40) & 255,
      );
      await examination.keepMap(
        {
          kind: 'map',
          name: 'ela-blocks',
          title: 'blocks',
          mediaType: 'image/png',
          width: 60,
          height: 34,
          scale: 'magma',
          legend: { min: 0, max: 17, unit: 'levels', label: 'level' },
          over,
        },
        1,
        (x, y) => (x * y) & 255,
      );
      return examination.finish(id, method, [
        {
          code: 'map',
          outcome: 'inconclusive',
          proposition: 'original',
          measures: { level: { value: 7.25, unit: 'levels', uncertainty: 0.5 }, size: { value: 8640, unit: 'bytes' } },
          places: [{ frame: 480, startMs: 16_016, region: { x: 510, y: 160, width: 180, height: 180 } }],
          artefacts: ['ela-map', 'ela-overlay'],
          limits: ['quality', 'platform'],
        },
      ]);
    }
    case 'packets': {
      const count = minutes * 1500;
      const times = Float64Array.from({ length: count }, (_, i) => i * 40);
      examination.keep(
        {
          kind: 'series',
          name: 'packet-sizes-0',
          title: 'sizes',
          mediaType: 'application/x-npy',
          columns: [
            { id: 'timeMs', unit: 'ms' },
            { id: 'bytes', unit: 'bytes' },
          ],
          length: count,
          draw: 'bars',
          stream: 0,
        },
        encodeNpyColumns([times, times.map((_, i) => (i % 48 === 0 ? 90_000 : 8000) + random() * 6000)]),
      );
      examination.keepJson(
        {
          kind: 'series',
          name: 'rate',
          title: 'rate',
          mediaType: 'application/json',
          columns: [
            { id: 'timeMs', unit: 'ms' },
            { id: 'rate', unit: 'bit/s' },
          ],
          length: minutes * 60,
          draw: 'steps',
          stream: 0,
        },
        {
          columns: {
            timeMs: Array.from({ length: minutes * 60 }, (_, i) => i * 1000),
            rate: Array.from({ length: minutes * 60 }, (_, i) => (i === 30 ? null : 3.2e6 + random() * 1e6)),
          },
        },
      );
      return examination.finish(id, method, [
        {
          code: 'order-kept',
          outcome: 'consistent',
          proposition: 'original',
          measures: { count: { value: count, unit: '1' } },
          artefacts: ['packet-sizes-0'],
          limits: ['remux'],
        },
        {
          code: 'rate',
          outcome: 'information',
          measures: { frames: { value: count, unit: 'frames' }, rate: { value: 25, unit: 'fps' } },
        },
      ]);
    }
    case 'double-coding':
      return examination.finish(id, method, [
        {
          code: 'double-coded',
          outcome: 'inconsistent',
          proposition: 'original',
          measures: { gop: { value: 14, unit: 'frames' } },
          limits: ['quality', 'platform', 'static'],
        },
      ]);
    case 'frames': {
      await examination.keepMap(
        {
          kind: 'map',
          name: 'sheet',
          title: 'sheet',
          mediaType: 'image/png',
          width: 1600,
          height: 900,
          scale: 'picture',
        },
        3,
        (x, y, c) => (((x / 320) | 0) * 40 + ((y / 180) | 0) * 30 + c * 20 + ((x + y) & 15)) & 255,
      );
      examination.keepJson(
        { kind: 'event', name: 'repeats', title: 'repeats', mediaType: 'application/json', count: 40 },
        {
          events: Array.from({ length: 40 }, (_, i) => ({
            startMs: i * 1400,
            ...(i % 3 ? { endMs: i * 1400 + 280 } : {}),
            label: i % 2 ? 'repeated-run' : `scene ${i} \u0007`,
          })),
        },
      );
      examination.keepJson(
        {
          kind: 'table',
          name: 'hashes',
          title: 'hashes',
          mediaType: 'application/json',
          columns: [
            { id: 'x', unit: 'frames' },
            { id: 'value', unit: 'text' },
          ],
          rows: 900,
        },
        { columns: ['x', 'value'], rows: Array.from({ length: 900 }, (_, i) => [i, hex(String(i))]) },
      );
      return examination.finish(id, method, [
        {
          code: 'repeated-run',
          outcome: 'inconclusive',
          proposition: 'original',
          measures: { count: { value: 7, unit: '1' } },
          places: Array.from({ length: 9 }, (_, i) => ({ startMs: i * 1000, endMs: i * 1000 + 280, frame: i * 25 })),
          artefacts: ['repeats'],
          limits: ['static'],
        },
        {
          code: 'rate',
          outcome: 'information',
          measures: { frames: { value: minutes * 1500, unit: 'frames' }, rate: { value: 29.97002997, unit: 'fps' } },
        },
      ]);
    }
    case 'audio': {
      if (exhibit === 1)
        return examination.finish(id, method, [], { status: 'not-applicable', reason: 'no-sound' }, false);
      const samples = 6000;
      const span = minutes * 60_000;
      const times = Float64Array.from({ length: samples }, (_, i) => (i / samples) * span);
      const level = times.map((t) => Math.abs(Math.sin(t / (span / 40))) * (0.3 + random() * 0.6));
      examination.keep(
        {
          kind: 'series',
          name: 'wave-0',
          title: 'wave',
          mediaType: 'application/x-npy',
          columns: [
            { id: 'timeMs', unit: 'ms' },
            { id: 'low', unit: '1' },
            { id: 'high', unit: '1' },
            { id: 'rms', unit: '1' },
          ],
          length: samples,
          draw: 'envelope',
          stream: 1,
          level: 0,
        },
        encodeNpyColumns([times, level.map((v) => -v), level, level.map((v) => v / 3)]),
      );
      await examination.keepMap(
        {
          kind: 'map',
          name: 'spectrogram',
          title: 'spectrogram',
          mediaType: 'image/png',
          width: 1200,
          height: 256,
          scale: 'magma',
          legend: { min: -120, max: 0, unit: 'dB', label: 'level' },
          over: { plane: 'time-frequency', startMs: 0, endMs: span, minHz: 0, maxHz: 24_000, stream: 1 },
        },
        1,
        (x, y) => (y > 90 ? 250 - (y % 40) * 3 : 20) * (0.5 + random() / 2) - (x % 37),
      );
      return examination.finish(id, method, [
        {
          code: 'levels',
          outcome: 'information',
          measures: {
            loudness: { value: -23.14, unit: 'LUFS' },
            bandwidth: { value: 16_000, unit: 'Hz', uncertainty: 250 },
          },
          limits: ['platform'],
        },
      ]);
    }
    case 'container': {
      examination.keepJson(
        {
          kind: 'table',
          name: 'tree',
          title: 'tree',
          mediaType: 'application/json',
          columns: [
            { id: 'depth', unit: '1' },
            { id: 'type', unit: 'text' },
            { id: 'offset', unit: 'bytes' },
            { id: 'length', unit: 'bytes' },
            { id: 'fields', unit: 'text' },
          ],
          rows: 120,
          depthColumn: 'depth',
        },
        {
          columns: ['depth', 'type', 'offset', 'length', 'fields'],
          rows: Array.from({ length: 120 }, (_, i) => [
            i % 7,
            ['ftyp', 'moov', 'trak', 'mdia', 'minf', 'stbl', 'stts'][i % 7],
            i * 4096 + 8,
            4096,
            `entries=${i} <script>alert(1)</script> ${'x'.repeat(i)}`,
          ]),
        },
      );
      return examination.finish(id, method, [
        ...Array.from({ length: 6 }, (_, i): FindingInput => ({
          code: 'block-size',
          outcome: 'information',
          measures: { size: { value: 1024 * 3 ** i, unit: 'bytes' } },
          details: { node: `free[${i}]` },
          places: [{ node: `free[${i}]`, offsetBytes: 123_456 * i }],
          limits: ['remux'],
        })),
        {
          code: 'written-by',
          outcome: 'information',
          measures: { software: { value: `Lavf59.27.100 ${'– өте ұзын жол '.repeat(30)}`, unit: 'text' } },
          limits: ['remux', 'platform'],
        },
      ]);
    }
    case 'metadata': {
      examination.keepJson(
        {
          kind: 'table',
          name: 'tags',
          title: 'tags',
          mediaType: 'application/json',
          columns: ['tag', 'value', 'origin', 'offset', 'length', 'type', 'mean', 'max', 'fields'].map((c) => ({
            id: c,
            unit: c === 'offset' ? ('bytes' as const) : ('text' as const),
          })),
          rows: 300,
        },
        {
          columns: ['tag', 'value', 'origin', 'offset', 'length', 'type', 'mean', 'max', 'fields'],
          rows: Array.from({ length: 300 }, (_, i) => [
            `com.apple.quicktime.${i}`,
            i % 5 ? `Алматы ${i}` : null,
            'moov/meta',
            i * 100,
            20,
            'utf8',
            i / 3,
            i % 2 === 0,
            'a'.repeat(40),
          ]),
        },
      );
      return examination.finish(id, method, [
        {
          code: 'written-by',
          outcome: 'information',
          measures: { software: { value: 'com.apple.quicktime 14.4.1', unit: 'text' } },
        },
      ]);
    }
    case 'copy-move':
      return examination.finish(id, method, [], {
        status: exhibit === 0 ? 'failed' : 'not-completed',
        reason: exhibit === 0 ? 'tool-missing' : 'time-limit',
        details: { tool: 'ffmpeg', limit: '60 s', done: 120 },
      });
    default:
      return examination.finish(id, method, [
        { code: 'written-by', outcome: 'information', measures: { software: { value: 'isom', unit: 'text' } } },
      ]);
  }
}
