import type { FindingInput } from '../../../src/base/finding.ts';
import { encodeNpyColumns } from '../../../src/base/npy.ts';
import type { ReportExamination } from '../../../src/report/model/report-input.ts';
import { FixtureExamination } from './fixture-examination.ts';
import { fixtureMethods } from './fixture-text.ts';
import { hex } from './hex.ts';

/** Small deterministic noise in [0, 1). */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One examination of the rich report, with artefacts of every kind. */
export async function richExamination(id: string, method: string, exhibit: number): Promise<ReportExamination> {
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
