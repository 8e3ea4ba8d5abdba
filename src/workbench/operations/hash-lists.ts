import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import { openHashLists, type KeptHashList } from '../../bundle/hash-list/hash-lists.ts';
import { readHashList } from '../../bundle/hash-list/read-hash-list.ts';
import { writeFileAtomically } from '../../case/durable-file.ts';
import { writeProblem } from '../../case/file-problem.ts';
import type {
  exportHashList,
  HashList,
  importHashList,
  listHashLists,
  removeHashList,
} from '../../contract/bundle-operations.ts';
import { wholeSeconds } from '../../seal/asn1/time.ts';
import { verifiedSignature } from '../../seal/sealed-folder/seal-folder.ts';
import { requireValidNow } from '../../seal/signer/require-valid-now.ts';
import type { Engine } from '../engine.ts';
import { verificationTrust } from '../known-certificates.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity, unlock } from '../signer.ts';

/** Answers `hashlist.import`. A list without a signature gets that of whoever takes it in and vouches for its source. */
export async function importHashListOperation(
  engine: Engine,
  input: z.infer<typeof importHashList.input>,
  context: OperationContext,
): Promise<z.infer<typeof importHashList.output>> {
  const { bytes, signature } = await readHashList(resolve(input.path), input);
  const lists = openHashLists(engine.state);
  const digest = await lists.keep(bytes, signature ?? (await signed(engine, bytes, context)));
  const kept = (await lists.list(await verificationTrust(engine, {}))).find((list) => list.digest === digest);
  if (kept === undefined) throw new AssayError('defect', { what: 'a hash list that was kept is not there' });
  return { list: shown(kept) };
}

async function signed(engine: Engine, bytes: Uint8Array, context: OperationContext): Promise<Uint8Array> {
  const signer = await unlock(await signingIdentity(engine), 'seal', context);
  const signingTime = wholeSeconds(engine.clock());
  requireValidNow(signer, signingTime);
  return verifiedSignature(bytes, signer, { signingTime });
}

/** Answers `hashlist.export`: the list, and its signature beside it. */
export async function exportHashListOperation(
  engine: Engine,
  input: z.infer<typeof exportHashList.input>,
): Promise<z.infer<typeof exportHashList.output>> {
  const { digest, bytes, signature } = await openHashLists(engine.state).find(input.digest);
  const list = resolve(input.out);
  const beside = `${list}.p7s`;
  for (const path of [list, beside])
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      throw new AssayError('bundle-exists', { path });
  try {
    await writeFileAtomically(list, bytes);
    await writeFileAtomically(beside, signature);
  } catch (error) {
    throw writeProblem(list, error);
  }
  return { list, signature: beside, sha256: digest };
}

/** Answers `hashlist.list`. */
export async function listHashListsOperation(engine: Engine): Promise<z.infer<typeof listHashLists.output>> {
  const lists = await openHashLists(engine.state).list(await verificationTrust(engine, {}));
  return { lists: lists.map(shown) };
}

/** Answers `hashlist.remove`. Results that asked the list keep naming it. */
export async function removeHashListOperation(
  engine: Engine,
  input: z.infer<typeof removeHashList.input>,
): Promise<z.infer<typeof removeHashList.output>> {
  const lists = openHashLists(engine.state);
  const { digest } = await lists.find(input.digest);
  await lists.remove(digest);
  return { digest };
}

function shown({ signer, digest, name, source, date, entries, sizeBytes }: KeptHashList): z.infer<typeof HashList> {
  return {
    ...{ digest, name, source, date, entries, sizeBytes },
    signer:
      signer === undefined
        ? null
        : {
            name: signer.name,
            fingerprint: signer.fingerprint,
            practice: signer.practice,
            trusted: signer.recognition === 'trusted',
          },
  };
}
