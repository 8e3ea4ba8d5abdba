import { open } from 'node:fs/promises';
import { readWavHead, wavChannel, wavHeadBytes } from '../../base/wav-head.ts';
import type { RowSource } from './row-source.ts';

/**
 * Samples of a kept WAVE file as rows: time in seconds on the presentation axis, then a column for each channel.
 * `startMs` is the presentation time of the first sample. Throws a RangeError where the head cannot be read.
 */
export async function openWavRows(path: string, startMs: number): Promise<RowSource> {
  const file = await open(path, 'r');
  const bytes = new Uint8Array(wavHeadBytes);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  const head = readWavHead(bytes.subarray(0, bytesRead));
  if (head === undefined) {
    await file.close();
    throw new RangeError('not a WAVE file that is written here');
  }
  const { channels, sampleRateHz, frameBytes, dataOffset, dataBytes } = head;
  const width = channels + 1;
  return {
    columns: ['time', ...Array.from({ length: channels }, (_, channel) => `channel-${channel + 1}`)],
    rows: Math.floor(dataBytes / frameBytes),
    inMemory: false,
    async read(first, count) {
      const piece = new Uint8Array(count * frameBytes);
      await file.read(piece, 0, piece.length, dataOffset + first * frameBytes);
      const rows = new Float64Array(count * width);
      for (let row = 0; row < count; row++) rows[row * width] = startMs / 1000 + (first + row) / sampleRateHz;
      for (let channel = 0; channel < channels; channel++)
        wavChannel(piece, head, channel).forEach((sample, row) => {
          rows[row * width + 1 + channel] = sample;
        });
      return rows;
    },
    close: () => file.close(),
  };
}
