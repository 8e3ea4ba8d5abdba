import type { z } from 'zod';
import { describeChecks, type DescribedCheck } from '../base/describe-checks.ts';
import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import type { verify } from '../contract/operations.ts';

type Verification = z.infer<typeof verify.output>;
type Signer = Verification['signers'][number];

/** Every check, area by area, then who signed, and one line for the whole at the end. */
export function presentVerification(output: Verification, text: Text): string[] {
  const areas = describeChecks(output.checks, text);
  return [
    ...areas.flatMap(({ title, outcome, checks }) => [
      text('cli:verify.area', { title, outcome: text(`cli:verify.${outcome}`) }),
      ...checks.map((described) => presentCheck(described, text)),
    ]),
    ...output.signers.flatMap((signer) => presentSigner(signer, text)),
    text(`cli:verify.${output.outcome}`, {
      count: output.checks.filter(({ outcome }) => outcome === 'failed').length,
    }),
    ...(output.outcome === 'valid' && output.signers.some(({ trusted }) => !trusted)
      ? [text('cli:verify.someUnknown')]
      : []),
  ];
}

/** `  passed      …`, with what was looked at where the sentence does not name it. */
function presentCheck({ check, text: words }: DescribedCheck, text: Text): string {
  const subject = visibleText(check.subject);
  const named = words.includes(subject) ? words : `${subject}: ${words}`;
  return `  ${text(`cli:verify.${check.outcome}`).padEnd(12)}${named}`;
}

function presentSigner(signer: Signer, text: Text): string[] {
  const { name, fingerprint, words, role, comment, signedAt, attestedAt, attestedBy, revokedSince } = signer;
  const standing = signer.practice ? 'practice' : signer.trusted ? 'trusted' : 'unknown';
  return [
    text(`cli:verify.${role !== null ? 'signerAs' : signer.signature === null ? 'certifier' : 'signer'}`, {
      name: visibleText(name),
      fingerprint,
      role: role === null ? '' : text(`report:signer-roles.${role}`),
    }),
    `  ${text(`cli:verify.standing.${standing}`, { chain: visibleText(signer.chain.join(' ← ')) })}`,
    `  ${text('cli:verify.words', { words })}`,
    ...(signer.signature === null ? [] : [`  ${text('cli:verify.signature', { signature: signer.signature })}`]),
    ...(comment === null ? [] : [`  ${text('cli:verify.comment', { comment: visibleText(comment) })}`]),
    ...(signedAt === null ? [] : [`  ${text('cli:verify.signedAt', { at: signedAt })}`]),
    ...(attestedAt === null
      ? []
      : [`  ${text('cli:verify.attestedAt', { at: attestedAt, by: visibleText(attestedBy ?? '') })}`]),
    ...(revokedSince === null ? [] : [`  ${text('cli:verify.revokedSince', { at: revokedSince })}`]),
  ];
}
