import { verifyCustodyCertificate } from '../../seal/custody-key/verify-custody-certificate.ts';
import { caseFiles } from '../case-layout.ts';
import type { CaseRecord } from '../case-record.ts';
import { isSigned, type CertifiedKey } from '../custody/certified-keys.ts';
import { detailOf } from '../custody/custody-action.ts';
import { headDigest, type CustodyPoint } from '../custody/custody-head.ts';
import type { StoredCustody } from '../custody/custody-log.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import type { CheckList } from './check-list.ts';

const file = caseFiles.custody;

type CertifiedKeys = ReadonlyMap<string, CertifiedKey>;

/** What to call an entry in a check: `custody.jsonl entry 12`. Numbers are as in the log, from 0. */
function entryName(seq: number): string {
  return `${file}#${String(seq)}`;
}

/**
 * Checks the chain of the custody log: that every entry has the hash of its content and continues the one before. Each
 * break is a check of its own that names the entry.
 */
export function checkChain(custody: StoredCustody, checks: CheckList): void {
  for (const { kind, entry, to } of custody.problems)
    checks.failed('custody', `custody-${kind}`, entryName(entry), { entry, to: to ?? entry });
  if (custody.lines.length === 0) checks.failed('custody', 'custody-empty', file);
  else if (custody.problems.length === 0)
    checks.passed('custody', 'custody-chain', file, { entries: custody.entries.length });
  const { rest } = custody;
  // An append that a kill cut short. It hides nothing: had it been a whole entry, the head would name it.
  if (rest.length > 0) checks.notChecked('custody', 'custody-torn', file, { sizeBytes: rest.length });
}

/** Checks every entry's signature, and that its actor is the one to whom its key was certified. */
export function checkSignatures(entries: readonly CustodyEntry[], keys: CertifiedKeys, checks: CheckList): void {
  const unknown = new Set<string>();
  let good = 0;
  for (const entry of entries) {
    const { seq, actor, hash } = entry;
    const key = keys.get(entry.key);
    if (key === undefined) {
      // Said once per key: where the entry that introduces it is gone, all others lose their footing with it.
      if (!unknown.has(entry.key)) checks.failed('signature', 'custody-key-unknown', entryName(seq), { entry: seq });
      unknown.add(entry.key);
    } else if (!isSigned(keys, entry, Buffer.from(hash, 'hex')))
      checks.failed('signature', 'custody-signature', entryName(seq), { entry: seq });
    else if (key.issuers[0].name !== actor)
      checks.failed('signature', 'custody-actor', entryName(seq), { entry: seq, actor, name: key.issuers[0].name });
    else good += 1;
  }
  if (good === entries.length && good > 0)
    checks.passed('signature', 'custody-signatures', file, { entries: good, keys: keys.size });
}

/** Checks the certificates of the log's keys, and says which identities stand behind them and whether they are trusted. */
export function checkKeys(
  entries: readonly CustodyEntry[],
  keys: CertifiedKeys,
  record: Pick<CaseRecord, 'id'> | undefined,
  isTrusted: ((key: CertifiedKey, at: Date) => boolean) | undefined,
  checks: CheckList,
): void {
  const said = new Set<string>();
  for (const [fingerprint, key] of keys) {
    const [identity] = key.issuers;
    const subject = entryName(key.entry);
    if (record !== undefined)
      checks.include(verifyCustodyCertificate(key.certificate.der, { issuer: identity, caseId: record.id, subject }));
    const signed = entries.filter((entry) => entry.key === fingerprint);
    const outside = signed.find((entry) => {
      const at = new Date(entry.at);
      return at < key.certificate.notBefore || at > key.certificate.notAfter;
    });
    if (outside !== undefined)
      checks.failed('certificate', 'custody-key-validity', entryName(outside.seq), { entry: outside.seq });
    if (said.has(identity.sha256)) continue;
    said.add(identity.sha256);
    const details = { name: identity.name, fingerprint: identity.sha256, practice: identity.practice };
    const at = new Date(signed[0]?.at ?? 0);
    if (isTrusted?.(key, at) === true) checks.passed('certificate', 'custody-identity', subject, details);
    else checks.notChecked('certificate', 'custody-identity', subject, details);
  }
}

/** Checks the signed head file against the log: a log whose end was cut off is shorter than its head says. */
export function checkHead(custody: StoredCustody, keys: CertifiedKeys, checks: CheckList): void {
  const { head } = custody;
  const subject = caseFiles.custodyHead;
  if (head === undefined) checks.failed('custody', 'custody-head-missing', subject);
  else if (head === 'unreadable') checks.failed('custody', 'custody-head-altered', subject);
  else if (!isSigned(keys, head, headDigest(head))) checks.failed('custody', 'custody-head-altered', subject);
  else if (checkPoint(custody, head, 'custody-head', file, checks))
    checks.passed('custody', 'custody-head', subject, { entries: head.seq + 1 });
}

/**
 * Checks that the log still holds an entry that somebody once saw as its last: `<code>-truncated` when it is shorter,
 * `<code>-differs` when another entry stands there. Returns whether it holds.
 */
export function checkPoint(
  { entries }: StoredCustody,
  point: CustodyPoint,
  code: string,
  subject: string,
  checks: CheckList,
): boolean {
  const { seq, hash } = point;
  const there = entries.find((entry) => entry.seq === seq);
  if (there?.hash === hash) return true;
  const found = entries.at(-1)?.seq ?? -1;
  const isShorter = there === undefined && found < seq;
  checks.failed('custody', isShorter ? `${code}-truncated` : `${code}-differs`, subject, { seen: seq, found });
  return false;
}

/**
 * Checks each chapter: an import must go on from the very entry that the sender's sealed bundle named as its last, with
 * nothing in between but the receiver's key and the receiver's word that an older copy was taken on purpose.
 */
export function checkChapters(entries: readonly CustodyEntry[], checks: CheckList): void {
  const places = new Map(entries.map((entry, index) => [entry.seq, index]));
  let chapters = 1;
  for (const [index, entry] of entries.entries()) {
    const detail = detailOf(entry, 'case.imported');
    if (detail === undefined) {
      if (entry.action === 'case.imported')
        checks.failed('custody', 'custody-chapter', entryName(entry.seq), { entry: entry.seq });
      continue;
    }
    chapters += 1;
    const { seq, hash } = detail.head;
    const end = places.get(seq);
    const between = end === undefined ? [] : entries.slice(end + 1, index);
    const isLinked =
      end !== undefined &&
      end < index &&
      entries[end]?.hash === hash &&
      between.every(({ action }) => action === 'key.certified' || action === 'custody.rolled-back');
    if (!isLinked) checks.failed('custody', 'custody-chapter', entryName(entry.seq), { entry: entry.seq });
    else
      checks.passed('custody', 'custody-chapter', entryName(entry.seq), {
        entry: entry.seq,
        to: seq,
        name: detail.sender.name,
      });
  }
  if (chapters > 1) checks.passed('custody', 'custody-chapters', file, { chapters });
}

/** Says where the workstation's clock went backwards between entries. It may have been set right: no failure. */
export function checkClock(entries: readonly CustodyEntry[], checks: CheckList): void {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before !== undefined && Date.parse(entry.at) < Date.parse(before.at))
      checks.notChecked('custody', 'custody-clock', entryName(entry.seq), { at: entry.at, before: before.at });
  }
}
