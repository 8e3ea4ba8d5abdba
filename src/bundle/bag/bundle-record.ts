import { z } from 'zod';

/**
 * What goes along. `reports`: the sealed reports and what was derived from the results; nothing else of the case.
 * `evidence`: the whole case, its originals among it, so that the receiver can go on working.
 */
export const BundleScope = z.enum(['reports', 'evidence']);
export type BundleScope = z.infer<typeof BundleScope>;

/** `bundle.json`: what a bundle is, in the form that programs read. */
export const BundleRecord = z.strictObject({
  schema: z.literal('assay.bundle/1'),
  assay: z.string(),
  scope: BundleScope,
  case: z.strictObject({
    id: z.uuid(),
    title: z.string(),
    reference: z.string().optional(),
    createdAt: z.iso.datetime(),
  }),
  /** Where the sender's custody log ended. */
  custody: z.strictObject({
    seq: z.number().int().nonnegative(),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    at: z.iso.datetime(),
  }),
  /** Fingerprint of the certificate that seals the bundle. */
  sealedBy: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BundleRecord = z.infer<typeof BundleRecord>;

/** Name of the bag's folder, the one thing that unpacking makes. */
export function bagFolder({ case: { id }, custody: { seq } }: Pick<BundleRecord, 'case' | 'custody'>): string {
  return `assay-${id.slice(0, 8)}-${String(seq).padStart(4, '0')}`;
}
