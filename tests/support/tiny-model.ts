import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * ONNX by hand: just enough of the protobuf wire format for a graph of a few nodes (onnx.proto, IR version 8, opset 13).
 */
const varint = (n: number): number[] => (n > 127 ? [(n & 127) | 128, ...varint(n >> 7)] : [n]);
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const float32 = 1;
const value = (name: string, shape: readonly number[]): number[] => [
  ...text(1, name),
  ...bytes(
    2,
    bytes(1, [
      ...number(1, float32),
      ...bytes(
        2,
        shape.flatMap((size) => bytes(1, number(1, size))),
      ),
    ]),
  ),
];
const whole = (name: string, setting: number): number[] =>
  bytes(5, [...text(1, name), ...number(3, setting), ...number(20, 2)]);
const node = (type: string, inputs: readonly string[], output: string, attributes: readonly number[] = []): number[] =>
  bytes(1, [...inputs.flatMap((name) => text(1, name)), ...text(2, output), ...text(4, type), ...attributes]);

export const tinyPicture = { frames: 2, width: 8, height: 8 } as const;
export const tinySamples = 1600;

/** A model whose score is how loud the sound is times how bright the picture is: it follows a flash with a beep. */
export function tinyModel(): Uint8Array {
  const { frames, width, height } = tinyPicture;
  const graph = [
    ...node('ReduceMean', ['picture'], 'bright', whole('keepdims', 0)),
    ...node('Abs', ['sound'], 'magnitude'),
    ...node('ReduceMean', ['magnitude'], 'loud', whole('keepdims', 0)),
    ...node('Mul', ['bright', 'loud'], 'score'),
    ...text(2, 'tiny'),
    ...bytes(11, value('picture', [1, 1, frames, height, width])),
    ...bytes(11, value('sound', [1, tinySamples])),
    ...bytes(12, value('score', [])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...number(2, 13)])]);
}

export function tinyCard(model: Uint8Array): Record<string, unknown> {
  return {
    schema: 'assay.model/1',
    ...{ name: 'Tiny', version: '1', licence: 'CC0-1.0', card: 'card.txt', file: 'tiny.onnx' },
    sha256: createHash('sha256').update(model).digest('hex'),
    picture: { input: 'picture', channels: 'grey', rate: 25, region: 'picture', mean: 0.5, ...tinyPicture },
    sound: { input: 'sound', samples: tinySamples },
    output: { name: 'score', meaning: 'higher-corresponds' },
  };
}

/** Writes the model's folder; `change` alters its card. */
export async function writeTinyModel(folder: string, change: Record<string, unknown> = {}): Promise<string> {
  const model = tinyModel();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'tiny.onnx'), model);
  await writeFile(join(folder, 'card.txt'), 'Made by a test. Knows nothing of lips.\n');
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...tinyCard(model), ...change }));
  return folder;
}
