import { createHash, type Hash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { hashInThread, type DigestName, type HashAnswer, type HashOrder } from './hash-thread.ts';
import type { Slot } from './slot-ring.ts';

/** Threads that hash the same bytes side by side, one digest each. */
export interface HashCrew {
  /** Forgets what was hashed so far. About `expectedBytes` are to come: a small file is not worth the way to the threads. */
  start(names: readonly DigestName[], expectedBytes: number): void;
  /** Hashes the first `length` bytes of a slot with the digests that were started; the slot is free again when this settles. */
  update(slot: Slot, length: number): Promise<void>;
  digests(): Promise<Readonly<Record<DigestName, string>>>;
  close(): Promise<void>;
}

/** Hashed where we are: at most a few milliseconds, less than starting threads takes. */
const smallBytes = 1_048_576;

interface HashThread {
  tell(order: HashOrder): void;
  ask(order: HashOrder): Promise<HashAnswer>;
  end(): Promise<void>;
}

/** Starts a thread per digest when it is first needed. They end with {@link HashCrew.close}. */
export function openHashCrew(memory: SharedArrayBuffer): HashCrew {
  const threads = new Map<DigestName, HashThread>();
  let chosen: readonly DigestName[] = [];
  let here: readonly Hash[] | undefined;
  const threadFor = (name: DigestName): HashThread => {
    const thread = threads.get(name) ?? startThread(memory, name);
    threads.set(name, thread);
    return thread;
  };
  return {
    start(names, expectedBytes) {
      chosen = names;
      here = expectedBytes <= smallBytes ? names.map((name) => createHash(name)) : undefined;
      if (here !== undefined) return;
      for (const name of names) threadFor(name).tell({ order: 'start' });
    },
    async update(slot, length) {
      if (here !== undefined) {
        for (const hash of here) hash.update(slot.bytes.subarray(0, length));
        return;
      }
      await Promise.all(chosen.map((name) => threadFor(name).ask({ order: 'update', offset: slot.offset, length })));
    },
    async digests() {
      const digests: Record<DigestName, string> = { sha256: '', sha512: '', md5: '' };
      for (const [index, name] of chosen.entries()) {
        const local = here?.[index];
        if (local !== undefined) {
          digests[name] = local.digest('hex');
          continue;
        }
        const answer = await threadFor(name).ask({ order: 'digest' });
        if ('digest' in answer) digests[name] = answer.digest;
      }
      return digests;
    },
    async close() {
      await Promise.all([...threads.values()].map((thread) => thread.end()));
      threads.clear();
    },
  };
}

function startThread(memory: SharedArrayBuffer, name: DigestName): HashThread {
  const program = `const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
(${hashInThread.toString()})(parentPort, createHash, workerData.memory, workerData.name);`;
  const worker = new Worker(program, { eval: true, workerData: { memory, name }, name: `hash ${name}` });
  const waiting: { resolve: (answer: HashAnswer) => void; reject: (error: Error) => void }[] = [];
  let failed: Error | undefined;
  const fail = (error: Error) => {
    failed ??= error;
    for (const { reject } of waiting.splice(0)) reject(failed);
  };
  worker.on('message', (answer: HashAnswer) => waiting.shift()?.resolve(answer));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error(`the ${name} thread ended`)));
  return {
    tell: (order) => worker.postMessage(order),
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (failed !== undefined) {
          reject(failed);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage(order);
      }),
    end: async () => {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}
