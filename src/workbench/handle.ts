import { z } from 'zod';
import { AssayError } from '../base/errors.ts';
import { StartedJob } from '../contract/jobs.ts';
import type { Operation } from '../contract/operation.ts';
import { errorValue } from './error-value.ts';
import type { JobList } from './job-list.ts';
import type { OperationContext } from './operation-context.ts';

/** An operation with what answers it. */
export interface Handler {
  readonly operation: Operation;
  readonly answer: (input: never, context: OperationContext) => Promise<unknown>;
}

/** Answers one GET below a path prefix; undefined where there is nothing of that name. */
export type Source = (url: URL, request: Request) => Promise<Response | undefined>;

export interface Mounted {
  readonly handlers: readonly Handler[];
  readonly sources: readonly { readonly prefix: string; readonly source: Source }[];
  readonly jobs: JobList;
}

const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
const maxBodyBytes = 4 * 1024 * 1024;

/**
 * The one function that every window mounts: answers `POST /api/<operation>` and GETs of bytes. It never throws; what
 * goes wrong is an error envelope, or a plain 404 for bytes.
 */
export function createHandle(mounted: Mounted): (request: Request) => Promise<Response> {
  const handlers = new Map(mounted.handlers.map((handler) => [handler.operation.name, handler]));
  return async (request) => {
    const url = new URL(request.url);
    try {
      if (url.pathname.startsWith('/api/')) return await answerOperation(request, url, handlers, mounted.jobs);
      if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
      for (const { prefix, source } of mounted.sources) {
        if (!url.pathname.startsWith(prefix)) continue;
        const response = await source(url, request);
        if (response !== undefined) return response;
      }
      return new Response(null, { status: 404 });
    } catch (error) {
      return Response.json({ ok: false, error: errorValue(error) }, { status: 500, headers: json });
    }
  };
}

async function answerOperation(
  request: Request,
  url: URL,
  handlers: ReadonlyMap<string, Handler>,
  jobs: JobList,
): Promise<Response> {
  try {
    if (request.method !== 'POST') throw new AssayError('wrong-use', { what: 'operations are posted' });
    const name = url.pathname.slice('/api/'.length);
    const handler = handlers.get(name);
    // SECURITY: only what the contract lists can be called, and only with what its schema admits.
    if (handler === undefined)
      throw new AssayError('unknown-name', { kind: 'operation', name, known: [...handlers.keys()].join(', ') });
    const { passphrase, rest } = withoutPassphrases(await readJson(request));
    const input = handler.operation.input.safeParse(rest);
    if (!input.success)
      throw new AssayError('wrong-use', {
        what: input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
      });
    const asked = passphrase === undefined ? {} : { passphrase };
    const run = async (context: OperationContext): Promise<unknown> =>
      handler.operation.output.parse(await handler.answer(input.data as never, { ...context, ...asked }));
    const data = handler.operation.job
      ? StartedJob.parse({ job: jobs.start((signal, progress) => run({ signal, progress })) })
      : await run({ signal: request.signal, progress: () => undefined });
    return Response.json({ ok: true, data }, { headers: json });
  } catch (error) {
    return Response.json({ ok: false, error: errorValue(error) }, { headers: json });
  }
}

/**
 * Any operation may come with the identity's passphrase beside its input, or with several by purpose. SECURITY: they are
 * taken out before anything else looks at the input, and live no longer than the operation.
 */
function withoutPassphrases(body: unknown): { passphrase?: OperationContext['passphrase']; rest: unknown } {
  if (typeof body !== 'object' || body === null) return { rest: body };
  const { passphrase, passphrases, ...rest } = body as Record<string, unknown>;
  if (passphrase === undefined && passphrases === undefined) return { rest: body };
  if (passphrase !== undefined && typeof passphrase !== 'string') return { rest: body };
  const byPurpose = Passphrases.safeParse(passphrases ?? {});
  if (!byPurpose.success) return { rest: body };
  return {
    passphrase: (purpose) => {
      const one = byPurpose.data[purpose] ?? passphrase;
      if (one === undefined) throw new AssayError('passphrase-needed', { name: purpose });
      return Promise.resolve(one);
    },
    rest,
  };
}

const Passphrases = z.record(z.string(), z.string());

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > maxBodyBytes) throw new AssayError('wrong-use', { what: 'the request is too large' });
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AssayError('wrong-use', { what: 'the request is not JSON' }, { cause });
  }
}
