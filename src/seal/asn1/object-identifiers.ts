/** Object identifiers that seals are made of, each with the document that assigns it. */
export const oid = {
  /** RFC 5652 §4 https://www.rfc-editor.org/rfc/rfc5652#section-4 */
  data: '1.2.840.113549.1.7.1',
  /** RFC 5652 §5.1 https://www.rfc-editor.org/rfc/rfc5652#section-5.1 */
  signedData: '1.2.840.113549.1.7.2',
  /** RFC 5652 §8 https://www.rfc-editor.org/rfc/rfc5652#section-8 */
  encryptedData: '1.2.840.113549.1.7.6',
  /** RFC 5652 §11.1 https://www.rfc-editor.org/rfc/rfc5652#section-11.1 */
  contentType: '1.2.840.113549.1.9.3',
  /** RFC 5652 §11.2 https://www.rfc-editor.org/rfc/rfc5652#section-11.2 */
  messageDigest: '1.2.840.113549.1.9.4',
  /** RFC 5652 §11.3 https://www.rfc-editor.org/rfc/rfc5652#section-11.3 */
  signingTime: '1.2.840.113549.1.9.5',
  /** RFC 5035 §3 https://www.rfc-editor.org/rfc/rfc5035#section-3 */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** RFC 5126 §5.11.1 https://www.rfc-editor.org/rfc/rfc5126#section-5.11.1 */
  commitmentType: '1.2.840.113549.1.9.16.2.16',
  proofOfApproval: '1.2.840.113549.1.9.16.6.5',
  proofOfCreation: '1.2.840.113549.1.9.16.6.6',
  /** RFC 3161 appendix A https://www.rfc-editor.org/rfc/rfc3161#appendix-A */
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  /** RFC 3161 §2.4.2 https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2 */
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  /** RFC 3161 §2.3 https://www.rfc-editor.org/rfc/rfc3161#section-2.3 */
  timeStamping: '1.3.6.1.5.5.7.3.8',
  /** RFC 2634 §5.4, in timestamps only https://www.rfc-editor.org/rfc/rfc2634#section-5.4 */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',

  /** RFC 5754 §2 https://www.rfc-editor.org/rfc/rfc5754#section-2 */
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  /** RFC 5754 §3.3 https://www.rfc-editor.org/rfc/rfc5754#section-3.3 */
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
  /** RFC 5754 §3.2 https://www.rfc-editor.org/rfc/rfc5754#section-3.2 */
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',

  /** RFC 8018 appendix A.4 and A.2 https://www.rfc-editor.org/rfc/rfc8018#appendix-A.4 */
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  /** RFC 8018 appendix B.1.2 https://www.rfc-editor.org/rfc/rfc8018#appendix-B.1.2 */
  hmacWithSha1: '1.2.840.113549.2.7',
  hmacWithSha256: '1.2.840.113549.2.9',
  hmacWithSha384: '1.2.840.113549.2.10',
  hmacWithSha512: '1.2.840.113549.2.11',
  /** RFC 8018 appendix B.2.5 https://www.rfc-editor.org/rfc/rfc8018#appendix-B.2.5 */
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',

  /** RFC 3279 §2.1: in PKCS#12 protection codes only https://www.rfc-editor.org/rfc/rfc3279#section-2.1 */
  sha1: '1.3.14.3.2.26',
  /** RFC 7292 appendix C https://www.rfc-editor.org/rfc/rfc7292#appendix-C */
  pbeWithSha1And3KeyTripleDes: '1.2.840.113549.1.12.1.3',
  /** RFC 7292 §4.2 https://www.rfc-editor.org/rfc/rfc7292#section-4.2 */
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  safeContentsBag: '1.2.840.113549.1.12.10.1.6',
  /** RFC 2985 §6.5.1 https://www.rfc-editor.org/rfc/rfc2985#section-6.5.1 */
  x509Certificate: '1.2.840.113549.1.9.22.1',

  /** RFC 5280 appendix A.1 https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1 */
  commonName: '2.5.4.3',
  countryName: '2.5.4.6',
  organisationName: '2.5.4.10',
  organisationalUnitName: '2.5.4.11',

  /** RFC 5280 §4.2.1 https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1 */
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',

  /**
   * Our own extended key usage: this key signs entries of a custody log, nothing else. An arc made of a random
   * UUID needs no registration: Rec. ITU-T X.667 https://www.itu.int/rec/T-REC-X.667
   */
  custodyLogSigning: '2.25.100548022494711768482293020880724547602',
  /** Our own qualifier of a commitment: the signer's comment, a UTF8String. */
  signerComment: '2.25.281174634338717957345276296833718246085',
} as const;
