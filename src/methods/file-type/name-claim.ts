import { formatsOfExtension, type ContentFormat } from '../../containers/content/content-formats.ts';
import type { ContentIdentity } from '../../containers/content/content-identity.ts';

export interface NameClaim {
  /** Without its dot, lower case; undefined where the name has none. */
  readonly extension: string | undefined;
  /** Formats that the extension stands for; none where it says nothing that is known. */
  readonly formats: readonly ContentFormat[];
  /** An extension before the last one that states another known type: `scan.pdf.exe`. */
  readonly hiddenExtension: string | undefined;
  /** The name holds characters that turn the direction of writing, so that it reads otherwise than it is. */
  readonly turnsDirection: boolean;
}

/** Packing that is put around another file, whose own extension stays in the name. */
const packings: ReadonlySet<string> = new Set(['gz', 'xz', 'bz2', 'zst', 'zip', '7z', 'rar', 'tgz']);
const directionControls = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

/** What a file's name says about its type. */
export function readNameClaim(name: string): NameClaim {
  const parts = name.split('.');
  // A leading dot hides a file, it does not begin an extension.
  const extensions = parts.slice(1).filter((_, index) => index > 0 || parts[0] !== '');
  const extension = extensions.at(-1)?.trim().toLowerCase();
  const formats = extension === undefined || extension === '' ? [] : formatsOfExtension(extension);
  const before = extensions.length > 1 ? extensions.at(-2)?.trim().toLowerCase() : undefined;
  const beforeFormats = before === undefined ? [] : formatsOfExtension(before);
  const isOther = !beforeFormats.some((a) => formats.some((b) => a.family === b.family));
  const isHidden = beforeFormats.length > 0 && isOther && formats.length > 0 && !packings.has(extension ?? '');
  return {
    extension: extension === '' ? undefined : extension,
    formats,
    hiddenExtension: isHidden ? before : undefined,
    turnsDirection: directionControls.test(name),
  };
}

export type ClaimComparison = 'matches' | 'related' | 'mismatch' | 'states-nothing' | 'content-unknown' | 'empty';

/** How the name's claim stands to what the content is. */
export function compareClaim(claim: NameClaim, content: ContentIdentity): ClaimComparison {
  if (content.format === 'empty') return 'empty';
  if (claim.formats.length === 0) return 'states-nothing';
  if (content.format === 'unknown') return 'content-unknown';
  if (claim.formats.some(({ format }) => format === content.format)) return 'matches';
  // A pointer file is text; nobody who names a picture means that.
  const sameFamily = claim.formats.some(({ family }) => family === content.family);
  return sameFamily && content.format !== 'git-lfs-pointer' ? 'related' : 'mismatch';
}
