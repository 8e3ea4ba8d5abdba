import * as asn1 from 'asn1js';
import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1, toDer } from '../asn1/der.ts';
import { oid } from '../asn1/object-identifiers.ts';
import { encoding, identifier, sequence } from '../asn1/read-der.ts';
import { objectIdentifier, tag, wrap } from '../asn1/write-der.ts';
import { showable } from '../certificate/distinguished-name.ts';

/** In which role somebody signs: one who examined, or one who looked over what another examined. */
export type SignerRole = 'examiner' | 'reviewer';

/** What a signer says by signing, as part of what is signed. */
export interface Commitment {
  /** `other`: the signature commits to something that Assay has no word for; `type` names it. */
  readonly role: SignerRole | 'other';
  /** Object identifier of the commitment. */
  readonly type: string;
  readonly comment?: string;
}

/** What a new signature is to commit to. */
export interface NewCommitment {
  readonly role: SignerRole;
  readonly comment?: string;
}

/** Longest comment of a signature, in characters. */
export const longestComment = 1000;

const typeOfRole: Readonly<Record<SignerRole, string>> = {
  examiner: oid.proofOfCreation,
  reviewer: oid.proofOfApproval,
};

/** Compared as bytes, since 128-bit arcs have no agreed text form. */
const commentIdentifier = objectIdentifier(oid.signerComment);

/**
 * The value of the signed attribute commitment-type-indication (RFC 5126 §5.11.1, ETSI EN 319 122-1 §5.2.3): proof of
 * creation for an examiner, proof of approval for a reviewer, and the comment as a qualifier of our own.
 *
 * @throws AssayError `signature-comment-unusable`
 */
export function writeCommitment({ role, comment }: NewCommitment): Uint8Array {
  const type = objectIdentifier(typeOfRole[role]);
  if (comment === undefined) return wrap(tag.sequence, type);
  const value = comment.normalize('NFC').trim();
  const length = Array.from(value).length;
  if (length === 0 || length > longestComment || showable(value) !== value)
    throw new AssayError('signature-comment-unusable', { most: longestComment });
  const qualifier = wrap(tag.sequence, commentIdentifier, toDer(new asn1.Utf8String({ value })));
  return wrap(tag.sequence, type, wrap(tag.sequence, qualifier));
}

/**
 * Reads that attribute. Qualifiers that are not ours are covered by the signature and otherwise let be.
 *
 * @throws MalformedAsn1
 */
export function readCommitment(block: asn1.AsnType): Commitment {
  const [typeField, qualifiers, ...more] = sequence(block, 'commitment type indication');
  if (more.length > 0) throw new MalformedAsn1('commitment type indication has too many fields');
  const type = identifier(typeField, 'commitment type');
  const comments = (qualifiers === undefined ? [] : sequence(qualifiers, 'commitment qualifiers')).flatMap(readComment);
  if (comments.length > 1) throw new MalformedAsn1('signature has several comments');
  const [comment] = comments;
  return { role: roleOf(type), type, ...(comment === undefined ? {} : { comment }) };
}

function roleOf(type: string): Commitment['role'] {
  if (type === typeOfRole.examiner) return 'examiner';
  return type === typeOfRole.reviewer ? 'reviewer' : 'other';
}

function readComment(block: asn1.AsnType): readonly string[] {
  const [name, value] = sequence(block, 'commitment qualifier');
  if (name === undefined || Buffer.compare(encoding(name), commentIdentifier) !== 0) return [];
  if (!(value instanceof asn1.Utf8String)) throw new MalformedAsn1('comment is no text');
  // SECURITY: a stranger's text, shown beside a name: bounded and without marks that steer a terminal.
  return [Array.from(showable(value.valueBlock.value)).slice(0, longestComment).join('')];
}
