import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  changedSettings,
  readTyped,
  schemaFields,
  typedValue,
  type FormField,
} from '../../../../../renderer/workspace/panels/methods/schema-fields.ts';
import { listMethodsOperation } from '../../../../../src/workbench/operations/list-methods.ts';

const fields = schemaFields(
  z.toJSONSchema(
    z.strictObject({
      quality: z.number().int().min(1).max(100).default(90),
      floor: z.number().default(-1.5),
      channels: z.enum(['max', 'luma']).default('max'),
      blockSize: z.union([z.literal(8), z.literal(16)]).default(16),
      keep: z.boolean().default(true),
      words: z.string().default('a'),
      list: z.array(z.number()).default([]),
      area: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
    }),
    { io: 'input' },
  ),
);
const field = (name: string): FormField => {
  const found = fields.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

describe('the form of a schema', () => {
  it('has a control for each kind of parameter', () => {
    expect(fields.map(({ kind }) => kind)).toEqual([
      ...['number', 'number', 'choice', 'choice', 'switch', 'text', 'json'],
      'region',
    ]);
  });

  it('knows bounds, whole numbers and defaults', () => {
    expect(field('quality')).toMatchObject({ min: 1, max: 100, whole: true, fallback: 90 });
    expect(field('floor')).toEqual({ kind: 'number', name: 'floor', fallback: -1.5, whole: false });
    expect(field('blockSize')).toMatchObject({ choices: [8, 16], fallback: 16 });
  });

  it('says what is wrong with what was typed', () => {
    expect(readTyped(field('quality'), 'x')).toEqual({ problem: 'number' });
    expect(readTyped(field('quality'), '1.5')).toEqual({ problem: 'whole' });
    expect(readTyped(field('quality'), '101')).toEqual({ problem: 'bounds' });
    expect(readTyped(field('list'), '[1')).toEqual({ problem: 'json' });
  });

  it('reads what was typed as the value that the schema wants', () => {
    expect(readTyped(field('floor'), ' -2,5 ')).toEqual({ value: -2.5 });
    expect(readTyped(field('blockSize'), '8')).toEqual({ value: 8 });
    expect(readTyped(field('list'), '[1, 2]')).toEqual({ value: [1, 2] });
    expect(readTyped(field('quality'), '')).toEqual({ value: 90 });
  });

  it('gives every default back as it is', () => {
    for (const one of fields) expect(readTyped(one, typedValue(one, one.fallback))).toEqual({ value: one.fallback });
  });

  it('sends only what differs from the defaults, and nothing while something is wrong', () => {
    const typed = new Map<string, string | boolean>([
      ['quality', '75'],
      ['channels', 'max'],
      ['keep', false],
    ]);
    expect(changedSettings('ela', fields, typed)).toEqual({ 'ela.quality': 75, 'ela.keep': false });
    expect(changedSettings('ela', fields, typed.set('floor', '-'))).toBeNull();
  });

  it('has a default for every parameter of every method, which its control gives back', async () => {
    const { methods } = await listMethodsOperation();
    expect(methods.length).toBeGreaterThan(5);
    for (const { id, parameters } of methods)
      for (const one of schemaFields(parameters))
        expect([id, one.name, readTyped(one, typedValue(one, one.fallback))]).toEqual([
          ...[id, one.name],
          { value: one.fallback },
        ]);
  });
});
