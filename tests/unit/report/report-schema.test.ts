import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ReportModel } from '../../../src/report/model/report-model.ts';

const docs = resolve(import.meta.dirname, '../../../docs');

/** Names of all properties of a JSON Schema, at every depth. */
function propertyNames(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value as object), ...Object.values(value as object).flatMap(propertyNames)]
      : propertyNames(value),
  );
}

describe('the schema of report.json', () => {
  const schema = z.toJSONSchema(ReportModel, { target: 'draft-2020-12' });

  it('is published as JSON Schema', async () => {
    // After a wanted change: npx vitest run --project unit tests/unit/report/report-schema -u
    const published = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    await expect(published).toMatchFileSnapshot(resolve(docs, 'report.schema.json'));
  });

  it('has every property explained in docs/report-schema.md', () => {
    const page = readFileSync(resolve(docs, 'report-schema.md'), 'utf8');
    const explained = new Set([...page.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, name]) => name));
    expect([...new Set(propertyNames(schema))].filter((name) => !explained.has(name))).toEqual([]);
  });
});
