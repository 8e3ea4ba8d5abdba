import { readFile } from 'node:fs/promises';
import { AssayError, isAssayError } from '../../base/errors.ts';
import { readProblem } from '../../case/file-problem.ts';
import { readCertificate } from '../../seal/certificate/read-certificate.ts';
import { ageRecipientOf } from '../../seal/recipient/age-recipient.ts';
import { looksLikeRecipient, requireRecipient } from './encrypt-for.ts';

/**
 * Age recipients from what a person names: `age1…` itself, or a certificate file (PEM or DER) whose holder's recipient it
 * carries. Each once, in the order given.
 *
 * @throws AssayError `recipient-unusable`, `recipient-missing`, `file-not-readable`, `certificate-unreadable`
 */
export async function readRecipients(named: readonly string[]): Promise<readonly string[]> {
  const recipients = new Set<string>();
  for (const name of named) {
    const recipient = name.startsWith('age1') ? name : await fromCertificate(name);
    requireRecipient(recipient);
    recipients.add(recipient);
  }
  return [...recipients];
}

async function fromCertificate(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const problem = readProblem(path, error);
    throw isAssayError(problem, 'file-not-found') ? new AssayError('recipient-unusable', { recipient: path }) : problem;
  }
  const text = bytes.toString('latin1');
  // What `assay identity show` prints, saved to a file: the recipient stands in it beside the certificate.
  const isPem = text.includes('-----BEGIN');
  const certificate = readCertificate(isPem ? text : bytes);
  const recipient = ageRecipientOf(certificate) ?? text.split(/\s+/).find(looksLikeRecipient);
  if (recipient === undefined) throw new AssayError('recipient-missing', { path, name: certificate.name });
  return recipient;
}
