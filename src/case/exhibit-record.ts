import { z } from 'zod';

export const ExhibitRole = z.enum(['questioned', 'reference']);
export type ExhibitRole = z.infer<typeof ExhibitRole>;

const Hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`));

/** `exhibits/<id>/exhibit.json`: what intake recorded about one piece of media. */
export const ExhibitRecord = z.strictObject({
  schema: z.literal('assay.exhibit/1'),
  /** `E001`, `E002`, … in the order of intake. */
  id: z.string().regex(/^E\d{3,}$/),
  role: ExhibitRole,
  /** Where the person says it came from, in their own words. */
  source: z.string().optional(),
  /** Name of the file as it came, shown; `nameBytes` (hex) where it was not valid UTF-8. */
  name: z.string(),
  nameBytes: z.string().optional(),
  /** Path as the person gave it (and, for a walked folder, the path below it). */
  pathAsGiven: z.string(),
  /** Its bytes (hex) where it was not valid UTF-8. */
  pathBytes: z.string().optional(),
  /** Where the given path was a symbolic link: the file that it led to, whose bytes these are. */
  linkTarget: z.string().optional(),
  /** Name of the read-only copy in the exhibit's folder: `original.<ext>`. */
  fileName: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  sha256: Hex(64),
  sha512: Hex(128),
  /** For lookups in old hash lists only. */
  md5: Hex(32),
  /** The original's times as its file system told them (UTC); null where it keeps none. */
  fileTimes: z.strictObject({
    modified: z.iso.datetime().nullable(),
    changed: z.iso.datetime().nullable(),
    accessed: z.iso.datetime().nullable(),
    born: z.iso.datetime().nullable(),
  }),
  addedAt: z.iso.datetime(),
  addedBy: z.string(),
});
export type ExhibitRecord = z.infer<typeof ExhibitRecord>;
