import { resolve } from 'node:path';
import type { z } from 'zod';
import type { addModel, listModels, removeModel } from '../../contract/model-operations.ts';
import type { Engine } from '../engine.ts';
import { openModels } from '../models.ts';

/** Answers `model.add`. */
export async function addModelOperation(
  engine: Engine,
  { path }: z.infer<typeof addModel.input>,
): Promise<z.infer<typeof addModel.output>> {
  return { added: await openModels(engine.state).add(resolve(path)) };
}

/** Answers `model.list`. */
export async function listModelsOperation(engine: Engine): Promise<z.infer<typeof listModels.output>> {
  return { models: [...(await openModels(engine.state).list())] };
}

/** Answers `model.remove`. */
export async function removeModelOperation(
  engine: Engine,
  { digest }: z.infer<typeof removeModel.input>,
): Promise<z.infer<typeof removeModel.output>> {
  return { removed: await openModels(engine.state).remove(digest) };
}
