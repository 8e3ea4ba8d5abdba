import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AssayError } from '../../../src/base/errors.ts';
import { defineOperation } from '../../../src/contract/operation.ts';
import { createHandle, type Handler } from '../../../src/workbench/handle.ts';
import { JobList } from '../../../src/workbench/job-list.ts';

const double = defineOperation('test.double', {
  input: z.strictObject({ value: z.number() }),
  output: z.strictObject({ value: z.number() }),
});
const ask = defineOperation('test.ask', { input: z.strictObject({}), output: z.strictObject({ heard: z.string() }) });
const long = defineOperation('test.long', { input: z.strictObject({}), output: z.strictObject({}), job: true });

const handlers: Handler[] = [
  {
    operation: double,
    answer: ({ value }: { value: number }) => {
      if (value === 13) throw new AssayError('file-not-found', { path: 'thirteen' });
      if (value === 14) throw new TypeError('a bug');
      return Promise.resolve(value === 15 ? { value: 'not a number' } : { value: value * 2 });
    },
  },
  { operation: ask, answer: async (_input, { passphrase }) => ({ heard: (await passphrase?.('seal')) ?? 'nothing' }) },
  { operation: long, answer: () => Promise.resolve({}) },
];
const handle = createHandle({
  handlers,
  jobs: new JobList(() => 0),
  sources: [
    {
      prefix: '/artefact/',
      source: (url) => Promise.resolve(url.pathname.endsWith('known') ? new Response('bytes') : undefined),
    },
  ],
});
const post = async (name: string, body: string) =>
  (await (await handle(new Request(`assay://app/api/${name}`, { method: 'POST', body }))).json()) as Record<
    string,
    unknown
  >;

describe('createHandle', () => {
  it('gives an operation the passphrase for its purpose, and one for all where only that is given', async () => {
    const heard = async (body: string) => (await post('test.ask', body))['data'];
    expect(await heard('{"passphrase":"one"}')).toEqual({ heard: 'one' });
    expect(await heard('{"passphrases":{"seal":"two"},"passphrase":"one"}')).toEqual({ heard: 'two' });
    expect(await heard('{}')).toEqual({ heard: 'nothing' });
    expect(await post('test.ask', '{"passphrases":{"old":"x"}}')).toMatchObject({
      error: { code: 'passphrase-needed' },
    });
    expect(await post('test.ask', '{"passphrases":"x"}')).toMatchObject({ error: { code: 'wrong-use' } });
  });

  it('answers an operation in the envelope', async () => {
    expect(await post('test.double', '{"value":21}')).toEqual({ ok: true, data: { value: 42 } });
  });

  it('carries an error as a value with its details', async () => {
    expect(await post('test.double', '{"value":13}')).toEqual({
      ok: false,
      error: { code: 'file-not-found', details: { path: 'thirteen' } },
    });
  });

  it('calls what is not an AssayError a defect', async () => {
    expect(await post('test.double', '{"value":14}')).toMatchObject({ ok: false, error: { code: 'defect' } });
  });

  it.each([
    ['a value of the wrong type', '{"value":"x"}'],
    ['a member that the schema does not have', '{"value":1,"more":2}'],
    ['text that is not JSON', '{'],
  ])('refuses %s', async (_what, body) => {
    expect(await post('test.double', body)).toMatchObject({ ok: false, error: { code: 'wrong-use' } });
  });

  it('does not let an answer out that breaks the schema', async () => {
    expect(await post('test.double', '{"value":15}')).toMatchObject({ ok: false, error: { code: 'defect' } });
  });

  it('knows only the operations of the contract', async () => {
    expect(await post('constructor', '{}')).toMatchObject({ ok: false, error: { code: 'unknown-name' } });
  });

  it('hands a passphrase to the operation and keeps it out of its input', async () => {
    expect(await post('test.ask', '{"passphrase":"open sesame"}')).toEqual({
      ok: true,
      data: { heard: 'open sesame' },
    });
    expect(await post('test.ask', '{}')).toEqual({ ok: true, data: { heard: 'nothing' } });
  });

  it('answers a long operation with its job', async () => {
    expect(await post('test.long', '{}')).toEqual({ ok: true, data: { job: 'job-1' } });
  });

  it('serves bytes by GET and has a plain 404 for the rest', async () => {
    expect(await (await handle(new Request('assay://app/artefact/known'))).text()).toBe('bytes');
    expect((await handle(new Request('assay://app/artefact/other'))).status).toBe(404);
    expect((await handle(new Request('assay://app/artefact/known', { method: 'DELETE' }))).status).toBe(405);
  });
});
