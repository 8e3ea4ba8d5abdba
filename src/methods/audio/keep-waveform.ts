import { openGiveBack } from '../../base/give-back.ts';
import { npyHeader } from '../../base/npy.ts';
import type { MethodContext } from '../method.ts';
import { WaveformPyramid, waveformColumns } from './waveform-pyramid.ts';

type ArtefactStream = Awaited<ReturnType<MethodContext['keepStream']>>;

/** Rows that a level keeps in memory before it goes to a file of its own. */
const rowsInMemory = 8192;
/** Room in the head for any number of rows. */
const headerBytes = 128;

interface KeptLevel {
  file?: ArtefactStream;
  pending: Uint8Array[];
  pendingRows: number;
  rows: number;
}

/** Keeps the envelope of one sound stream as `.npy` series, one a channel and zoom. */
export class WaveformKeeper {
  readonly #context: MethodContext;
  readonly #stream: number;
  readonly #pyramid: WaveformPyramid;
  readonly #giveBack = openGiveBack();
  readonly #levels = new Map<string, KeptLevel & { channel: number; level: number }>();

  constructor(
    context: MethodContext,
    stream: number,
    channels: number,
    samplesPerBin: number,
    timeOf: (sample: number) => number,
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#pyramid = new WaveformPyramid(channels, samplesPerBin, timeOf, (channel, level, rows) => {
      const key = `${channel}/${level}`;
      const kept = this.#levels.get(key) ?? { channel, level, pending: [], pendingRows: 0, rows: 0 };
      this.#levels.set(key, kept);
      kept.pending.push(new Uint8Array(rows.slice().buffer));
      kept.pendingRows += rows.length / waveformColumns;
    });
  }

  /** Takes interleaved samples; waits only when a level is full enough to be written. */
  async push(samples: Float32Array): Promise<void> {
    this.#pyramid.push(samples);
    for (const kept of this.#levels.values()) if (kept.pendingRows >= rowsInMemory) await this.#write(kept);
  }

  /** Names of the artefacts, finest level of the first channel first. */
  async finish(): Promise<string[]> {
    this.#pyramid.finish();
    const names: string[] = [];
    const levels = [...this.#levels.values()].sort((a, b) => a.channel - b.channel || a.level - b.level);
    for (const kept of levels) {
      const name = `waveform-${this.#stream}-channel-${kept.channel}-level-${kept.level}`;
      await this.#write(kept);
      await kept.file!.finish(
        {
          kind: 'series',
          name,
          title: 'waveform',
          mediaType: 'application/x-npy',
          columns: [
            { id: 'time', unit: 'ms' },
            { id: 'lowest', unit: '1' },
            { id: 'highest', unit: '1' },
            { id: 'rms', unit: '1' },
          ],
          length: kept.rows,
          draw: 'envelope',
          stream: this.#stream,
          level: kept.level,
        },
        {
          head: npyHeader('<f4', [kept.rows, waveformColumns], headerBytes),
          details: { stream: this.#stream, channel: kept.channel + 1 },
        },
      );
      names.push(name);
    }
    return names;
  }

  async #write(kept: KeptLevel): Promise<void> {
    if (kept.file === undefined) {
      kept.file = await this.#context.keepStream('npy', { headLater: true });
      await kept.file.write(npyHeader('<f4', [0, waveformColumns], headerBytes));
    }
    kept.rows += kept.pendingRows;
    const bytes = Buffer.concat(kept.pending);
    kept.pending.forEach(this.#giveBack);
    kept.pending = [];
    kept.pendingRows = 0;
    if (bytes.length > 0) await kept.file.write(bytes);
    this.#giveBack(bytes);
  }
}
