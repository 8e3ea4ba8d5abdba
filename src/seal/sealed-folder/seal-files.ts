/** Names of the files that a seal consists of, all at the top of the sealed folder. */
export const sealFiles = {
  /** Every file's SHA-256, in `sha256sum` format. */
  manifest: 'manifest-sha256.txt',
  /** DER of the CMS signature over the manifest. */
  signature: 'manifest-sha256.txt.p7s',
  /** PEM of the signer's certificate and its issuers; listed in the manifest. */
  certificate: 'signer-certificate.pem',
  /** Listed in the manifest; whoever seals writes it before. */
  howToVerify: 'HOW-TO-VERIFY.txt',
} as const;

const signatureName = /^manifest-sha256\.txt(?:\.(?:[2-9]|[1-9]\d+))?\.p7s$/;

/** The signature of a further signer, counted from 2: each lies in a file of its own, so that no seal is ever rewritten. */
export function furtherSignature(number: number): string {
  return `${sealFiles.manifest}.${number}.p7s`;
}

/** True for the seal's first signature and for those of further signers. */
export function isSignatureFile(path: string): boolean {
  return signatureName.test(path);
}

/** Number of a signature file's signer: 1 for the seal itself. */
export function signatureNumber(path: string): number {
  return Number(/\.(\d+)\.p7s$/.exec(path)?.[1] ?? 1);
}

/** True for what a manifest cannot list: itself and the signatures over it. */
export function isOutsideManifest(path: string): boolean {
  return path === sealFiles.manifest || isSignatureFile(path);
}
