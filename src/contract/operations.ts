import { z } from 'zod';
import { Check } from '../base/check.ts';
import { AddedExhibit, CaseSummary, ExaminedExhibit, RefusedFile, WrittenReport } from './examined.ts';
import { defineOperation } from './operation.ts';

const Role = z.enum(['questioned', 'reference']);

const MethodChoice = {
  profile: z.string().optional(),
  methods: z.array(z.string()).optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  again: z.boolean().optional(),
};

const CaseDescription = {
  title: z.string().min(1),
  reference: z.string().optional(),
  examiner: z.string().min(1),
  language: z.string().optional(),
  timeZone: z.string().optional(),
};

export const Identity = z.strictObject({
  name: z.string(),
  organisation: z.string().optional(),
  practice: z.boolean(),
  fingerprint: z.string(),
  words: z.string(),
  createdAt: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  certificate: z.string(),
  /** Whom to encrypt to, to reach this identity (`age1…`); null where it has no key for that yet. */
  recipient: z.string().nullable(),
  /** The authorities above, nearest first; empty for an identity that was made here. */
  issuers: z.array(z.strictObject({ name: z.string(), fingerprint: z.string(), words: z.string() })),
  /** From when on its signatures are not to be believed, once it was withdrawn. */
  revokedSince: z.iso.datetime().nullable(),
});

const Intake = {
  added: z.array(AddedExhibit),
  alreadyPresent: z.array(z.strictObject({ path: z.string(), id: z.string() })),
  refused: z.array(RefusedFile),
};

export const createCase = defineOperation('case.create', {
  input: z.strictObject({ folder: z.string(), ...CaseDescription }),
  output: z.strictObject({ case: CaseSummary }),
});

export const addExhibits = defineOperation('exhibit.add', {
  input: z.strictObject({
    folder: z.string(),
    files: z.array(z.string()).min(1),
    role: Role.optional(),
    source: z.string().optional(),
  }),
  output: z.strictObject({ case: CaseSummary, ...Intake }),
  job: true,
});

export const examine = defineOperation('examination.run', {
  input: z.strictObject({ folder: z.string(), exhibits: z.array(z.string()).optional(), ...MethodChoice }),
  output: z.strictObject({
    case: CaseSummary,
    exhibits: z.array(ExaminedExhibit),
    /** How many examinations ran, and how many were there already. */
    ran: z.number().int(),
    cached: z.number().int(),
  }),
  job: true,
});

export const writeReport = defineOperation('report.write', {
  input: z.strictObject({
    folder: z.string(),
    language: z.string().optional(),
    /** Also writes the one-page note for the public. */
    note: z.boolean().optional(),
  }),
  output: z.strictObject({ case: CaseSummary, report: WrittenReport }),
  job: true,
});

export const verify = defineOperation('verify', {
  input: z.strictObject({
    path: z.string(),
    /** Certificates that the person expects to have signed, or that stand above those. */
    trusted: z.array(z.string()).optional(),
    /** Certificates that the person believes about times, beside those that are kept as trusted. */
    timestampAuthorities: z.array(z.string()).optional(),
  }),
  output: z.strictObject({
    path: z.string(),
    kind: z.enum(['case', 'report', 'bundle', 'pdf']),
    /**
     * `signer-unknown`: whole and signed, but nobody here vouches for the signer; `practice`: whole, sealed by a practice
     * identity, which shows integrity and not who signed. Neither is `valid`.
     */
    outcome: z.enum(['valid', 'signer-unknown', 'practice', 'invalid']),
    signers: z.array(
      z.strictObject({
        name: z.string(),
        fingerprint: z.string(),
        /** The fingerprint as words for reading out. */
        words: z.string(),
        practice: z.boolean(),
        trusted: z.boolean(),
        /** File of the signature; null where the signer certified the keys of a custody log. */
        signature: z.string().nullable(),
        /** In which role it was signed; null where the signature does not say. */
        role: z.enum(['examiner', 'reviewer', 'other']).nullable(),
        comment: z.string().nullable(),
        /** As the signer's own clock told it. */
        signedAt: z.iso.datetime().nullable(),
        /** Certificates from the signer's up to the one that is trusted, by name; empty where nobody vouches. */
        chain: z.array(z.string()),
        /** Earliest time by which a trusted timestamp attests the signature, and the authority's name. */
        attestedAt: z.iso.datetime().nullable(),
        attestedBy: z.string().nullable(),
        /** Since when the signer's identity is withdrawn, if it is known to be. */
        revokedSince: z.iso.datetime().nullable(),
      }),
    ),
    checks: z.array(Check),
  }),
  job: true,
});

/** Adds a further signer's signature to a sealed report. In a case's own report, the custody log records it. */
export const signReport = defineOperation('report.sign', {
  input: z.strictObject({
    path: z.string(),
    role: z.enum(['examiner', 'reviewer']).optional(),
    comment: z.string().optional(),
  }),
  output: z.strictObject({
    path: z.string(),
    /** The new signature's file. */
    signature: z.string(),
    name: z.string(),
    fingerprint: z.string(),
    words: z.string(),
    practice: z.boolean(),
    role: z.enum(['examiner', 'reviewer']),
    comment: z.string().optional(),
    /** Folder of the case whose custody log now has the signature; null for a report that lies elsewhere. */
    recordedIn: z.string().nullable(),
  }),
  job: true,
});

export const triage = defineOperation('triage', {
  input: z.strictObject({
    folder: z.string(),
    files: z.array(z.string()).min(1),
    role: Role.optional(),
    source: z.string().optional(),
    title: z.string().optional(),
    reference: z.string().optional(),
    examiner: z.string().optional(),
    language: z.string().optional(),
    timeZone: z.string().optional(),
    ...MethodChoice,
  }),
  output: z.strictObject({
    case: CaseSummary,
    ...Intake,
    exhibits: z.array(ExaminedExhibit),
    report: WrittenReport,
  }),
  job: true,
});

export const listMethods = defineOperation('method.list', {
  input: z.strictObject({}),
  output: z.strictObject({
    methods: z.array(
      z.strictObject({
        id: z.string(),
        version: z.number().int(),
        programs: z.array(z.string()),
        profiles: z.array(z.string()),
        /** JSON Schema (draft 2020-12) of the parameters. */
        parameters: z.record(z.string(), z.unknown()),
        references: z.array(z.strictObject({ key: z.string(), citation: z.string(), doi: z.string().optional() })),
        limits: z.array(z.string()),
        /** Present when a picture can be looked at through the method live; see `GET /exhibit/<id>/lens/…`. */
        lens: z
          .strictObject({
            parameters: z.array(z.string()),
            /** Parameter that only multiplies what is shown. */
            gainParameter: z.string().nullable(),
          })
          .nullable(),
      }),
    ),
    profiles: z.record(z.string(), z.array(z.string())),
  }),
});

export const createIdentity = defineOperation('identity.create', {
  input: z.strictObject({
    name: z.string().min(1),
    organisation: z.string().optional(),
    country: z.string().length(2).optional(),
  }),
  output: z.strictObject({ identity: Identity }),
});

export const showIdentity = defineOperation('identity.show', {
  input: z.strictObject({}),
  output: z.strictObject({ identity: Identity.nullable() }),
});

export const doctor = defineOperation('doctor', {
  input: z.strictObject({}),
  output: z.strictObject({
    assay: z.string(),
    node: z.string(),
    platform: z.string(),
    sandbox: z.enum(['bubblewrap', 'none']),
    programs: z.array(
      z.strictObject({
        name: z.string(),
        needed: z.enum(['required', 'optional']),
        path: z.string().nullable(),
        version: z.string().nullable(),
        sha256: z.string().nullable(),
        /** Locale key under `cli.fixes`; null when it is there. */
        fix: z.string().nullable(),
      }),
    ),
    complete: z.boolean(),
  }),
});

export const forge = defineOperation('forge', {
  input: z.strictObject({
    path: z.string(),
    /** JSON file with the clip's description. */
    specPath: z.string().optional(),
    /** What goes over it; `src/lab/forge/README.md` lists every field. */
    spec: z.record(z.string(), z.unknown()),
  }),
  output: z.strictObject({ clip: z.string(), truth: z.string(), sha256: z.string() }),
  job: true,
});

export const demo = defineOperation('demo', {
  input: z.strictObject({ folder: z.string(), title: z.string(), source: z.string() }),
  output: z.strictObject({
    evidence: z.array(z.string()),
    truths: z.array(z.string()),
    ...triage.output.shape,
  }),
  job: true,
});
