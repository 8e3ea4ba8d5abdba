import { openGiveBack } from '../../base/give-back.ts';
import { encodePng } from '../../media/png.ts';
import type { MethodContext } from '../method.ts';
import {
  columnsPerCoarserColumn,
  SpectrogramPyramid,
  type SpectrogramTile,
  tileRaster,
} from './spectrogram-pyramid.ts';
import { SpectrumBlocks } from './spectrum-blocks.ts';
import type { SpectrumBlock, SpectrumColumns } from './spectrum.ts';

/** Name under which the method lists the spectrum kernel. */
export const spectrumKernel = 'spectrum';

/** Widest tile in columns: 44 s at 48 kHz with the default window. */
const tileColumns = 2048;
/** Columns that go to a worker at once: long enough to hide the hand-over, short enough to stay small. */
const columnsPerBlock = 256;
const pngCompression = 2;

export interface KeptSpectrogram {
  readonly artefacts: readonly string[];
  /** Mean power per bin over the columns that sound; empty where none does. */
  readonly averagePower: Float64Array;
  readonly soundingColumns: number;
}

export interface SpectrogramSettings {
  readonly stream: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly fftSize: number;
  readonly floorDb: number;
  readonly timeOf: (sample: number) => number;
}

/** Transforms sound in a worker, keeps the spectrogram as picture tiles at several zooms, and adds up the average spectrum. */
export class SpectrogramKeeper {
  readonly #context: MethodContext;
  readonly #settings: SpectrogramSettings;
  readonly #hop: number;
  readonly #blocks: SpectrumBlocks;
  readonly #pyramid: SpectrogramPyramid;
  readonly #powerSum: Float64Array;
  readonly #names: string[] = [];
  readonly #giveBack = openGiveBack();
  /** The block that a worker transforms while the next one fills. */
  #running: Promise<void> = Promise.resolve();
  #columns = 0;
  #sounding = 0;
  #frames = 0;

  constructor(context: MethodContext, settings: SpectrogramSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#hop = settings.fftSize / 2;
    this.#blocks = new SpectrumBlocks(settings.channels, settings.fftSize, this.#hop, columnsPerBlock);
    this.#pyramid = new SpectrogramPyramid(settings.fftSize / 2, tileColumns);
    this.#powerSum = new Float64Array(settings.fftSize / 2);
  }

  async push(samples: Float32Array): Promise<void> {
    this.#frames += samples.length / this.#settings.channels;
    for (const block of this.#blocks.push(samples)) await this.#hand(block, columnsPerBlock);
  }

  async finish(): Promise<KeptSpectrogram> {
    for (const { block, columns } of this.#blocks.finish(this.#frames, this.#columns)) await this.#hand(block, columns);
    await this.#running;
    const tiles = this.#pyramid.finish();
    for (const tile of tiles) await this.#keep(tile, tile === tiles[tiles.length - 1] && tile.index === 0);
    return {
      artefacts: this.#names,
      averagePower: this.#powerSum.map((sum) => (this.#sounding > 0 ? sum / this.#sounding : 0)),
      soundingColumns: this.#sounding,
    };
  }

  /** One block at a time is in a worker, so that memory stays flat when decoding is faster than transforming. */
  async #hand(samples: Float32Array, columns: number): Promise<void> {
    await this.#running;
    this.#columns += columns;
    const { channels, fftSize, floorDb } = this.#settings;
    const input: SpectrumBlock = { samples, channels, fftSize, hop: this.#hop, columns, floorDb };
    const running = this.#context
      .compute<SpectrumColumns>(spectrumKernel, input, [samples.buffer as ArrayBuffer])
      .then((answer) => this.#add(answer));
    // Whoever waits next hears of a failure; until then it must not count as unheard.
    running.catch(() => undefined);
    this.#running = running;
  }

  async #add({ greys, powerSum, sounding }: SpectrumColumns): Promise<void> {
    this.#sounding += sounding;
    for (let k = 0; k < powerSum.length; k++) this.#powerSum[k]! += powerSum[k]!;
    const tiles = this.#pyramid.push(greys);
    this.#giveBack(greys);
    for (const tile of tiles) await this.#keep(tile, false);
  }

  async #keep(tile: SpectrogramTile, overview: boolean): Promise<void> {
    const { stream, sampleRateHz, timeOf } = this.#settings;
    const rows = this.#settings.fftSize / 2;
    const raster = tileRaster(tile.greys, tile.columns);
    const bytes = await encodePng({ width: tile.columns, height: rows, channels: 1, data: raster }, pngCompression);
    for (const done of [raster, tile.greys]) this.#giveBack(done);
    const samplesPerColumn = this.#hop * columnsPerCoarserColumn ** tile.level;
    const name = overview
      ? `spectrogram-${stream}`
      : `spectrogram-${stream}-level-${tile.level}-tile-${String(tile.index).padStart(4, '0')}`;
    await this.#context.keep(
      {
        kind: 'map',
        name,
        title: overview ? 'spectrogram' : 'spectrogram-tile',
        mediaType: 'image/png',
        width: tile.columns,
        height: rows,
        scale: 'magma',
        legend: { min: this.#settings.floorDb, max: 0, unit: 'dB', label: 'level' },
        over: {
          plane: 'time-frequency',
          startMs: timeOf(tile.firstColumn * samplesPerColumn),
          endMs: timeOf((tile.firstColumn + tile.columns) * samplesPerColumn),
          minHz: 0,
          maxHz: sampleRateHz / 2,
          stream,
        },
      },
      bytes,
      { stream, level: tile.level, tile: tile.index },
    );
    this.#names.push(name);
  }
}
