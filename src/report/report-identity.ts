import type { Certificate } from '../seal/certificate/certificate.ts';
import { fingerprintWords } from '../seal/fingerprint/fingerprint-words.ts';
import type { ReportIdentity } from './model/report-input.ts';

/** What a report says of the identity that seals it. */
export function reportIdentity({ name, sha256, practice }: Certificate): ReportIdentity {
  return { name, fingerprint: sha256, words: fingerprintWords(sha256), practice };
}
