import type { z } from 'zod';
import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import type { createIdentity } from '../contract/operations.ts';

/** An identity with its fingerprint in digits and in words, who certified it, and its certificate. */
export function presentIdentity(identity: z.infer<typeof createIdentity.output>['identity'], text: Text): string[] {
  const { name, fingerprint, words, createdAt, validUntil, certificate, practice, recipient, issuers, revokedSince } =
    identity;
  return [
    text('cli:identity.name', { name: visibleText(name) }),
    text('cli:identity.fingerprint', { fingerprint }),
    text('cli:identity.words', { words }),
    text('cli:identity.created', { createdAt }),
    text('cli:identity.validUntil', { validUntil }),
    recipient === null ? text('cli:identity.noRecipient') : text('cli:identity.recipient', { recipient }),
    ...issuers.map((issuer) =>
      text('cli:identity.issuer', { name: visibleText(issuer.name), fingerprint: issuer.fingerprint }),
    ),
    text('cli:identity.certificate', { certificate }),
    ...(practice ? [text('cli:identity.practice')] : []),
    ...(revokedSince === null ? [] : [text('cli:identity.revoked', { name: visibleText(name), since: revokedSince })]),
  ];
}
