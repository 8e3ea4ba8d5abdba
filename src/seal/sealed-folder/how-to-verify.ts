import type { Certificate } from '../certificate/certificate.ts';
import { fingerprintWithColons, fingerprintWords } from '../fingerprint/fingerprint-words.ts';
import { sealFiles } from './seal-files.ts';
import { wrapText } from './wrap-text.ts';

/** Looks a text up in the locale's namespace `seal` and fills in its values. */
export type Translate = (key: string, values?: Readonly<Record<string, string>>) => string;

const verifySignature =
  `openssl cms -verify -binary -inform DER -in ${sealFiles.signature} -content ${sealFiles.manifest}` +
  ' -noverify -out /dev/null';

/**
 * The commands that anybody checks a sealed folder with, run in it; they are the same in every language.
 *
 * SECURITY: `signer` prints the certificate that the signature was really made with. Printing
 * signer-certificate.pem instead would believe a file that a forger can choose. `-noverify` leaves out the chain, not the signature:
 * no authority of the reader's system has a say, the compared fingerprint alone decides.
 */
export const verifyCommands = {
  files: `sha256sum -c --strict ${sealFiles.manifest}`,
  signature: verifySignature,
  signer: `${verifySignature} -signer /dev/stdout | openssl x509 -noout -subject -nameopt utf8 -fingerprint -sha256`,
} as const;

/**
 * The text of HOW-TO-VERIFY.txt, to be written into the folder before it is sealed: commands, what they must print, the
 * signer's fingerprint also as words, and what a seal does not show. `pdfs` are the folder's signed PDFs. Lines of at most 78 characters but for commands; LF.
 */
export function howToVerifyText(signer: Certificate, translate: Translate, pdfs: readonly string[] = []): string {
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string =>
    wrapText(translate(`seal:howToVerify.${key}`, values));
  const title = say('title');
  const sections = [
    `${title}\n${'='.repeat(Array.from(title).length)}`,
    say('introduction'),
    say('filesTitle'),
    indent(verifyCommands.files),
    say('filesExpected', { manifest: sealFiles.manifest }),
    say('signatureTitle'),
    indent(verifyCommands.signature),
    say('signatureExpected'),
    say('signerTitle'),
    indent(verifyCommands.signer),
    say('signerExpected'),
    indent(fingerprintWithColons(signer.sha256)),
    say('signerWords', { name: signer.name }),
    indent(fingerprintWords(signer.sha256).join(' ')),
    say(signer.practice ? 'signerPractice' : 'signerCompare', { name: signer.name }),
    ...(pdfs.length === 0
      ? []
      : [say('pdfTitle'), pdfs.map((name) => indent(verifyPdf(name))).join('\n'), say('pdfExpected')]),
    say('furtherSigners', { manifest: sealFiles.manifest }),
    say('limits'),
    say('otherSystems'),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** `-nocert` leaves out the chain of authorities, as above. pdfsig is part of poppler-utils. */
export function verifyPdf(name: string): string {
  return `pdfsig -nocert ${name}`;
}

function indent(line: string): string {
  return `    ${line}`;
}
