import { z } from 'zod';
import { ModelCard } from '../base/model-card.ts';
import { defineOperation } from './operation.ts';

/** A learned model that is registered on this machine. */
export const RegisteredModel = z.strictObject({
  /** SHA-256 of its model.json: what the parameter `av-sync.model` names. */
  digest: z.string(),
  card: ModelCard,
  sizeBytes: z.number().int(),
});
export type RegisteredModel = z.infer<typeof RegisteredModel>;

/** Registers the model in a folder: its card, its ONNX file and the words about it are copied into the app's own state. */
export const addModel = defineOperation('model.add', {
  input: z.strictObject({ path: z.string() }),
  output: z.strictObject({ added: RegisteredModel }),
});

export const listModels = defineOperation('model.list', {
  input: z.strictObject({}),
  output: z.strictObject({ models: z.array(RegisteredModel) }),
});

/** Forgets a model. Results that name it stay. */
export const removeModel = defineOperation('model.remove', {
  /** Digest, at least its first 8 digits. */
  input: z.strictObject({ digest: z.string().min(8) }),
  output: z.strictObject({ removed: RegisteredModel }),
});
