import type { Check } from '../base/check.ts';
import { CaseRecord } from '../case/case-record.ts';
import { caseFiles } from '../case/case-layout.ts';
import { certifiedKeys } from '../case/custody/certified-keys.ts';
import { detailOf } from '../case/custody/custody-action.ts';
import { readChain } from '../case/custody/custody-chain.ts';
import { parseHead } from '../case/custody/custody-head.ts';
import type { StoredCustody } from '../case/custody/custody-log.ts';
import { splitLog } from '../case/custody/log-lines.ts';
import type { CustodyEntry } from '../case/custody-entry.ts';
import {
  checkChain,
  checkChapters,
  checkClock,
  checkHead,
  checkKeys,
  checkSignatures,
} from '../case/verify/check-custody.ts';
import { openCheckList } from '../case/verify/check-list.ts';
import { dueFiles } from '../case/verify/due-files.ts';
import { findTrustedPath } from '../seal/certificate/certificate-chain.ts';
import type { TrustOptions } from '../seal/signature/signature.ts';
import { casePrefix } from './bag/bag-files.ts';
import type { BundleRecord } from './bag/bundle-record.ts';
import type { Measured } from './bag/measure-file.ts';
import { bundleCheck } from './bundle-check.ts';

type ReadText = (path: string) => Promise<Buffer | undefined>;

/** Files of a case that no custody entry lists. */
const unrecorded = new Set<string>([caseFiles.custody, caseFiles.custodyHead, caseFiles.notes]);

/**
 * Checks the case inside a bundle: the custody log's chain, signatures and end, and that the case's files are exactly
 * those that the log names, with their hashes. A bundle of reports carries no log, and only `case.json` is looked at.
 */
export async function checkBundledCase(
  record: BundleRecord,
  files: ReadonlyMap<string, Measured>,
  text: ReadText,
  trust: TrustOptions,
): Promise<{ checks: Check[]; custody: readonly CustodyEntry[] }> {
  const caseRecord = readRecord(await text(`${casePrefix}${caseFiles.record}`));
  const isSameCase = caseRecord?.id === record.case.id;
  const checks: Check[] = [bundleCheck('bundle-case-file', isSameCase, `${casePrefix}${caseFiles.record}`)];
  if (record.scope === 'reports') return { checks, custody: [] };

  const bytes = (await text(`${casePrefix}${caseFiles.custody}`)) ?? Buffer.alloc(0);
  const headText = (await text(`${casePrefix}${caseFiles.custodyHead}`))?.toString('utf8');
  const lines = splitLog(bytes);
  const head = headText === undefined ? undefined : (parseHead(headText) ?? ('unreadable' as const));
  const custody: StoredCustody = { ...lines, ...readChain(lines.lines), head };
  const list = openCheckList();
  checkChain(custody, list);
  const keys = certifiedKeys(custody.entries);
  checkSignatures(custody.entries, keys, list);
  const believed = [...(trust.trusted ?? []), ...(trust.known ?? [])];
  checkKeys(
    custody.entries,
    keys,
    caseRecord,
    believed.length === 0
      ? undefined
      : ({ issuers: [identity, ...above] }, at) => findTrustedPath(identity, above, believed, at) !== undefined,
    list,
  );
  checkHead(custody, keys, list);
  checkChapters(custody.entries, list);
  checkClock(custody.entries, list);
  checks.push(...list.all());

  const end = custody.entries.at(-1);
  const isEnd = end?.seq === record.custody.seq && end.hash === record.custody.hash && custody.rest.length === 0;
  checks.push(bundleCheck('bundle-custody-end', isEnd, caseFiles.custody, {}, 'custody'));

  // SECURITY: whoever seals somebody else's case under their own name has no custody key to say so in its log.
  const announced = end && detailOf(end, 'case.exported');
  const announcer = end && keys.get(end.key)?.issuers[0].sha256;
  const isSealers = announced?.sealedBy === record.sealedBy && announcer === record.sealedBy;
  checks.push(bundleCheck('bundle-announced', isSealers, caseFiles.custody, {}, 'custody'));

  const failed: string[] = [];
  const due = new Map(dueFiles(custody.entries, []).files.map(({ path, sha256 }) => [path, sha256]));
  const fail = (path: string): void => {
    failed.push(path);
    checks.push(bundleCheck('bundle-case-file', false, `${casePrefix}${path}`));
  };
  for (const [path, sha256] of due) if (files.get(`${casePrefix}${path}`)?.sha256 !== sha256) fail(path);
  for (const path of files.keys()) {
    if (!path.startsWith(casePrefix)) continue;
    const below = path.slice(casePrefix.length);
    if (!due.has(below) && !unrecorded.has(below)) fail(below);
  }
  if (failed.length === 0) checks.push(bundleCheck('bundle-case-files', true, 'data/case', { files: due.size }));
  return { checks, custody: custody.entries };
}

function readRecord(bytes: Buffer | undefined): CaseRecord | undefined {
  try {
    return bytes === undefined ? undefined : CaseRecord.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
