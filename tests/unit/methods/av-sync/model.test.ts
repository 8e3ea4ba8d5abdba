import { describe, expect, it } from 'vitest';
import { ModelCard } from '../../../../src/base/model-card.ts';
import { runModel, type ModelRun } from '../../../../src/methods/av-sync/model/run-model.ts';
import { tinyCard, tinyModel, tinyPicture, tinySamples } from '../../../support/tiny-model.ts';

const { frames, width, height } = tinyPicture;
const run = (change: Partial<ModelRun> = {}): ModelRun => ({
  model: tinyModel(),
  ...{ pictureInput: 'picture', soundInput: 'sound', output: 'score', pictureShape: [1, 1, frames, height, width] },
  pictures: [new Float32Array(frames * height * width).fill(2)],
  sounds: [[new Float32Array(tinySamples).fill(-3), new Float32Array(tinySamples).fill(0.5)]],
  ...change,
});

describe('a registered model', () => {
  it('runs in WebAssembly and gives one number for each place and lag', async () => {
    const answer = await runModel(run());
    expect(answer).toMatchObject({ status: 'ok' });
    if (answer.status === 'ok') expect([...answer.scores[0]!]).toEqual([6, 1]);
  });

  it('that is no model, or lacks what its card names, is refused in words', async () => {
    expect(await runModel(run({ model: Uint8Array.of(1, 2, 3) }))).toMatchObject({ status: 'model-refused' });
    expect(await runModel(run({ output: 'other' }))).toMatchObject({ status: 'model-refused' });
    expect(await runModel(run({ soundInput: 'voice' }))).toMatchObject({ status: 'model-refused' });
    expect(await runModel(run({ pictures: [new Float32Array(3)] }))).toMatchObject({ status: 'model-refused' });
  });

  it('has a card that names plain files and bounded inputs only', () => {
    const card = tinyCard(tinyModel());
    expect(ModelCard.safeParse(card).success).toBe(true);
    for (const change of [
      { file: '../tiny.onnx' },
      { file: '/etc/passwd' },
      { sha256: 'abc' },
      { picture: { ...(card['picture'] as object), frames: 100_000 } },
      { extra: true },
    ])
      expect(ModelCard.safeParse({ ...card, ...change }).success).toBe(false);
  });
});
