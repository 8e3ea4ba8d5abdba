import { compareBytewise } from '../../seal/manifest/manifest.ts';

/** Names of a bundle's tag files: what a bag (RFC 8493) calls the files beside its payload. */
export const bagFiles = {
  declaration: 'bagit.txt',
  info: 'bag-info.txt',
  record: 'bundle.json',
  howToVerify: 'HOW-TO-VERIFY.txt',
  certificate: 'signer-certificate.pem',
  manifestSha256: 'manifest-sha256.txt',
  manifestSha512: 'manifest-sha512.txt',
  tagManifestSha256: 'tagmanifest-sha256.txt',
  tagManifestSha512: 'tagmanifest-sha512.txt',
  /** CMS signature over `tagmanifest-sha256.txt`, and through it over everything else. */
  signature: 'tagmanifest-sha256.txt.p7s',
} as const;

/** What every bundle has before its payload, in this order. */
export const leadingFiles: readonly string[] = [
  bagFiles.declaration,
  bagFiles.info,
  bagFiles.record,
  bagFiles.howToVerify,
  bagFiles.certificate,
  bagFiles.manifestSha256,
  bagFiles.manifestSha512,
  bagFiles.tagManifestSha256,
  bagFiles.tagManifestSha512,
];

/** What the tag manifests list: every tag file but themselves and the signature over them. */
export const listedTagFiles: readonly string[] = leadingFiles.slice(0, 7);

export const payloadPrefix = 'data/';
/** Where the case folder lies in the payload. */
export const casePrefix = 'data/case/';
/** Where what was derived from the case lies: tables, markers, the graph. */
export const derivedPrefix = 'data/derived/';

/** RFC 8493 §2.1.1 */
export const declarationText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** The order of a bundle's entries: tag files, payload bytewise, and the signature at the end. */
export function entryOrder(paths: readonly string[]): string[] {
  const rank = (path: string): number => {
    const leading = leadingFiles.indexOf(path);
    if (leading !== -1) return leading;
    return path === bagFiles.signature ? leadingFiles.length + 1 : leadingFiles.length;
  };
  return [...paths].sort((a, b) => rank(a) - rank(b) || compareBytewise(a, b));
}

/** A manifest of RFC 8493 §2.1.3, as `sha256sum -c` and `sha512sum -c` read it: sorted bytewise. */
export function manifestText(files: readonly { readonly path: string; readonly digest: string }[]): string {
  return [...files]
    .sort((a, b) => compareBytewise(a.path, b.path))
    .map(({ path, digest }) => `${digest}  ${path}\n`)
    .join('');
}

/** Reads a manifest that must be exactly as {@link manifestText} writes it; undefined for anything else. */
export function parseManifestText(text: string, digits: 64 | 128): ReadonlyMap<string, string> | undefined {
  const lines = text.split('\n');
  if (lines.pop() !== '') return undefined;
  const form = digits === 64 ? /^([0-9a-f]{64}) {2}(.+)$/ : /^([0-9a-f]{128}) {2}(.+)$/;
  const found = new Map<string, string>();
  let before: string | undefined;
  for (const line of lines) {
    const [, digest, path] = form.exec(line) ?? [];
    if (digest === undefined || path === undefined) return undefined;
    if (before !== undefined && compareBytewise(before, path) >= 0) return undefined;
    before = path;
    found.set(path, digest);
  }
  return found;
}
