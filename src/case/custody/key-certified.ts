import type { CustodyDraft } from './custody-log.ts';
import type { CustodySigner } from './custody-signer.ts';

/** The entry by which a custody key enters a case: its certificate, and whose identity issued it. */
export function certifiedDraft(signer: CustodySigner): CustodyDraft {
  const [certificate = '', ...issuers] = signer.certificateChainPem;
  return {
    action: 'key.certified',
    subject: 'case',
    detail: { certificate, issuers, fingerprint: signer.fingerprint, practice: signer.practice },
  };
}
