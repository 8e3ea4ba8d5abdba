import type { Certificate } from '../../seal/certificate/certificate.ts';
import { fingerprintWithColons, fingerprintWords } from '../../seal/fingerprint/fingerprint-words.ts';
import type { Translate } from '../../seal/sealed-folder/how-to-verify.ts';
import { wrapText } from '../../seal/sealed-folder/wrap-text.ts';
import { bagFiles } from './bag-files.ts';

const verifySignature =
  `openssl cms -verify -binary -inform DER -in ${bagFiles.signature} -content ${bagFiles.tagManifestSha256}` +
  ' -noverify -out /dev/null';

/**
 * The commands that anybody checks an unpacked bundle with, run in the bag's folder. `-noverify` leaves out the chain,
 * not the signature: the compared fingerprint decides, as for reports (`seal/sealed-folder/how-to-verify.ts`).
 */
export const bundleCommands = {
  signature: verifySignature,
  signer: `${verifySignature} -signer /dev/stdout | openssl x509 -noout -subject -nameopt utf8 -fingerprint -sha256`,
  tagFiles: `sha256sum -c --strict ${bagFiles.tagManifestSha256}`,
  payload: `sha256sum -c --strict ${bagFiles.manifestSha256}`,
  payloadSha512: `sha512sum -c --strict --quiet ${bagFiles.manifestSha512}`,
  unlisted: `find data -type f | LC_ALL=C sort | diff - <(cut -c67- ${bagFiles.manifestSha256})`,
} as const;

/** The text of HOW-TO-VERIFY.txt in a bundle. Lines of at most 78 characters but for commands; LF. */
export function howToVerifyBundleText(signer: Certificate, translate: Translate): string {
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string =>
    wrapText(translate(key, { ...files, ...values }));
  const title = say('bundle:howToVerify.title');
  const sections = [
    `${title}\n${'='.repeat(Array.from(title).length)}`,
    say('bundle:howToVerify.introduction'),
    say('bundle:howToVerify.signatureTitle'),
    indent(bundleCommands.signature),
    say('seal:howToVerify.signatureExpected'),
    say('bundle:howToVerify.signerTitle'),
    indent(bundleCommands.signer),
    say('seal:howToVerify.signerExpected'),
    indent(fingerprintWithColons(signer.sha256)),
    say('seal:howToVerify.signerWords', { name: signer.name }),
    indent(fingerprintWords(signer.sha256).join(' ')),
    say(signer.practice ? 'seal:howToVerify.signerPractice' : 'seal:howToVerify.signerCompare', { name: signer.name }),
    say('bundle:howToVerify.tagFilesTitle'),
    indent(bundleCommands.tagFiles),
    say('bundle:howToVerify.payloadTitle'),
    indent(bundleCommands.payload),
    indent(bundleCommands.payloadSha512),
    say('bundle:howToVerify.payloadExpected'),
    say('bundle:howToVerify.unlistedTitle'),
    indent(bundleCommands.unlisted),
    say('bundle:howToVerify.unlistedExpected'),
    say('bundle:howToVerify.reports'),
    say('seal:howToVerify.limits'),
    say('bundle:howToVerify.otherSystems'),
  ];
  return `${sections.join('\n\n')}\n`;
}

const files = { manifest: bagFiles.manifestSha256, tagManifest: bagFiles.tagManifestSha256 };

function indent(line: string): string {
  return `    ${line}`;
}
