import { z } from 'zod';
import { CaseSummary } from './examined.ts';
import { defineOperation } from './operation.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const BundleScope = z.enum(['reports', 'evidence']);

/** Packs a case into one sealed bag, encrypted where somebody is named to receive it. */
export const exportBundle = defineOperation('bundle.export', {
  input: z.strictObject({
    folder: z.string(),
    /** `reports` where it is left out: evidence leaves only when somebody says so. */
    scope: BundleScope.optional(),
    /** Age recipients (`age1…`) or certificate files that name one. */
    to: z.array(z.string()).optional(),
    out: z.string(),
  }),
  output: z.strictObject({
    case: CaseSummary,
    path: z.string(),
    scope: BundleScope,
    sizeBytes: z.number().int(),
    /** Of the file as it lies there: to be told to the receiver in another way. */
    sha256: Sha256,
    /** Of the archive inside; the same where it is not encrypted. */
    bundleSha256: Sha256,
    files: z.number().int(),
    payloadBytes: z.number().int(),
    recipients: z.array(z.string()),
    practice: z.boolean(),
  }),
  job: true,
});

/** Verifies a bundle, and makes a case of it whose custody log goes on from the sender's. */
export const importBundle = defineOperation('bundle.import', {
  input: z.strictObject({
    path: z.string(),
    /** Folder of the case to make. */
    folder: z.string(),
    /** Certificates (PEM) that must cover the sender. */
    trusted: z.array(z.string()).optional(),
    /** Takes it in although this machine has seen a later, or another, state of the same case. */
    acceptOlder: z.boolean().optional(),
  }),
  output: z.strictObject({
    case: CaseSummary,
    sender: z.strictObject({
      name: z.string(),
      fingerprint: z.string(),
      words: z.string(),
      practice: z.boolean(),
      trusted: z.boolean(),
    }),
    bundleSha256: Sha256,
    /** This machine has worked on the case before; its older copy can only be read from now on. */
    seenBefore: z.boolean(),
    exhibits: z.number().int(),
    /** Chapters of the custody log, the new one among them. */
    chapters: z.number().int(),
    entries: z.number().int(),
  }),
  job: true,
});

/** Gives the examiner's identity an age key where it has none: one that was taken over, or made by an older Assay. */
export const makeRecipient = defineOperation('identity.recipient', {
  input: z.strictObject({}),
  output: z.strictObject({ recipient: z.string() }),
});

/** Writes what other programs read of a case: graph, findings, series and tables as CSV and JSON, time markers. */
export const caseData = defineOperation('case.data', {
  input: z.strictObject({
    folder: z.string(),
    /** Exhibits by number; all where it is left out. */
    exhibits: z.array(z.string()).optional(),
    /** Folder to write into; not there, or empty. */
    out: z.string(),
    language: z.string().optional(),
  }),
  output: z.strictObject({ case: CaseSummary, out: z.string(), files: z.array(z.string()) }),
  job: true,
});

export const HashList = z.strictObject({
  /** SHA-256 of the list's bytes: its name, and part of each result that it was asked for. */
  digest: Sha256,
  name: z.string(),
  source: z.string(),
  date: z.iso.date(),
  entries: z.number().int(),
  sizeBytes: z.number().int(),
  signer: z
    .strictObject({ name: z.string(), fingerprint: z.string(), practice: z.boolean(), trusted: z.boolean() })
    .nullable(),
});

/** Keeps a list of known files. One that carries no signature is signed by whoever takes it in. */
export const importHashList = defineOperation('hashlist.import', {
  input: z.strictObject({
    path: z.string(),
    name: z.string().min(1).optional(),
    source: z.string().min(1).optional(),
    date: z.string().optional(),
  }),
  output: z.strictObject({ list: HashList }),
});

export const exportHashList = defineOperation('hashlist.export', {
  input: z.strictObject({ digest: z.string(), out: z.string() }),
  output: z.strictObject({ list: z.string(), signature: z.string(), sha256: Sha256 }),
});

export const listHashLists = defineOperation('hashlist.list', {
  input: z.strictObject({}),
  output: z.strictObject({ lists: z.array(HashList) }),
});

export const removeHashList = defineOperation('hashlist.remove', {
  input: z.strictObject({ digest: z.string() }),
  output: z.strictObject({ digest: Sha256 }),
});
