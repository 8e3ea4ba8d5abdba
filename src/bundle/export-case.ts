import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import type { Case } from '../case/case.ts';
import { certifiedKeys } from '../case/custody/certified-keys.ts';
import { detailOf } from '../case/custody/custody-action.ts';
import { unfinishedName } from '../case/durable-file.ts';
import { readProblem, systemCode } from '../case/file-problem.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import type { Translate } from '../seal/sealed-folder/how-to-verify.ts';
import type { BundleScope } from './bag/bundle-record.ts';
import { derivedPrefix } from './bag/bag-files.ts';
import type { BagFile } from './bag/measure-file.ts';
import { buildBag } from './build-bag.ts';
import { collectCase } from './collect-case.ts';
import { writeBundle, type WrittenFile } from './write-bundle.ts';

/** Writes what is derived from a case into a folder, and lists it by its path below that folder. */
export type WriteDerived = (target: Case, folder: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface ExportWanted {
  readonly scope: BundleScope;
  readonly out: string;
  /** Age recipients; none: not encrypted. */
  readonly recipients: readonly string[];
  readonly certificate: Certificate;
  readonly issuers: readonly Certificate[];
  readonly text: Translate;
  readonly assayVersion: string;
  readonly sign: (tagManifest: Uint8Array) => Promise<Uint8Array>;
  readonly writeDerived: WriteDerived;
  readonly randomUuid: () => string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface ExportedCase extends WrittenFile {
  readonly files: number;
  readonly payloadBytes: number;
}

/**
 * Packs a case into a bundle. The custody log says so first, in an entry that goes along: whoever takes the bundle in
 * goes on from it, and the two logs stay one. Packing the same case for the same hands again adds no entry and gives the
 * same bytes.
 *
 * @throws AssayError `bundle-exists`, `bundle-without-reports`, `inside-case`, `case-damaged`, `changed-while-copying`, `disk-full`,
 *   `file-not-writable`, `cancelled`, and what signing throws
 */
export async function exportCase(target: Case, wanted: ExportWanted): Promise<ExportedCase> {
  const { scope, recipients, certificate, signal, progress } = wanted;
  await requireFree(target, wanted.out);
  const isSealed = target.custody.entries().some(({ action }) => action === 'report.sealed');
  if (scope === 'reports' && !isSealed) throw new AssayError('bundle-without-reports', { path: target.folder });
  const announced = { scope, recipients: [...recipients].sort(), sealedBy: certificate.sha256 };
  const announce = async (): Promise<void> => {
    if (!isAnnounced(target, announced))
      await target.custody.append([{ action: 'case.exported', subject: 'case', detail: announced }]);
  };
  await announce();
  // Inside the case: what a kill leaves there is cleared by the next opening, and lies no less safe than the case.
  const work = join(target.folder, unfinishedName(`export-${wanted.randomUuid()}`));
  try {
    await mkdir(work);
    const derived = await wanted.writeDerived(target, work, signal);
    let collected = await collectCase(target, scope);
    // A note that a window wrote meanwhile goes along, and the entry about packing is the last all the same.
    while (detailOf(collected.end, 'case.exported') === undefined) {
      await announce();
      collected = await collectCase(target, scope);
    }
    const { files, end } = collected;
    if (certifiedKeys(target.custody.entries()).get(end.key)?.issuers[0].sha256 !== certificate.sha256)
      throw new AssayError('bundle-other-identity', { path: target.folder, actor: end.actor, name: certificate.name });
    const payload: BagFile[] = [
      ...files,
      ...derived.map((path) => ({ path: `${derivedPrefix}${path}`, from: join(work, ...path.split('/')) })),
    ];
    const { id, title, reference, createdAt } = target.record;
    const bag = await buildBag({
      payload: payload.sort((a, b) => (a.path < b.path ? -1 : 1)),
      payloadBytes: await sizeOf(payload),
      record: {
        schema: 'assay.bundle/1',
        assay: wanted.assayVersion,
        scope,
        case: { id, title, ...(reference === undefined ? {} : { reference }), createdAt },
        custody: { seq: end.seq, hash: end.hash, at: end.at },
        sealedBy: certificate.sha256,
      },
      certificate,
      issuers: wanted.issuers,
      text: wanted.text,
      sign: wanted.sign,
      progress,
      signal,
    });
    const written = await writeBundle(wanted.out, bag.entries, recipients, { progress, signal });
    return { ...written, files: bag.payloadFiles, payloadBytes: bag.payloadBytes };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function isAnnounced(target: Case, announced: { scope: string; recipients: string[]; sealedBy: string }): boolean {
  const last = target.custody.entries().at(-1);
  const detail = last && detailOf(last, 'case.exported');
  return (
    detail?.scope === announced.scope &&
    detail.sealedBy === announced.sealedBy &&
    detail.recipients.join(' ') === announced.recipients.join(' ')
  );
}

/** A bundle replaces nothing, and does not lie in the case that it is made of. */
async function requireFree(target: Case, out: string): Promise<void> {
  const path = resolve(out);
  const below = relative(resolve(target.folder), path);
  if (below === '' || (!below.startsWith(`..${sep}`) && below !== '..')) throw new AssayError('inside-case', { path });
  try {
    await stat(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw readProblem(path, error);
    await mkdir(dirname(path), { recursive: true }).catch(() => undefined);
    return;
  }
  throw new AssayError('bundle-exists', { path });
}

async function sizeOf(files: readonly BagFile[]): Promise<number> {
  let total = 0;
  for (const { from } of files)
    total +=
      typeof from === 'string'
        ? await stat(from).then(
            ({ size }) => size,
            () => 0,
          )
        : from.length;
  return total;
}
