/** Signs the custody entries of one case on one machine. Never asks anybody for anything. */
export interface CustodySigner {
  /** Name on the identity that certified the key. */
  readonly actor: string;
  /** SHA-256 of the key's certificate (DER), hex. */
  readonly key: string;
  /** PEM: the custody key's certificate, the identity's, then its issuers. */
  readonly certificateChainPem: readonly string[];
  /** SHA-256 of the identity's certificate. */
  readonly fingerprint: string;
  /** The identity shows integrity only, not who signed. */
  readonly practice: boolean;
  /** Signs 32 bytes: ECDSA P-256 with SHA-256, base64 of the IEEE P1363 form. */
  sign(hash: Uint8Array): string;
}
