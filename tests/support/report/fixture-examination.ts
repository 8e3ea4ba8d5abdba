import { createHash } from 'node:crypto';
import type { Artefact } from '../../../src/base/artefact.ts';
import type { FindingInput } from '../../../src/base/finding.ts';
import { Finding } from '../../../src/base/finding.ts';
import { ExaminationResult } from '../../../src/examination/result.ts';
import { encodePng } from '../../../src/media/png.ts';
import type { ReportExamination } from '../../../src/report/model/report-input.ts';
import { hex } from './hex.ts';

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
