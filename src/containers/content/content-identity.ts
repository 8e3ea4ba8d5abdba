import type { ContentFormat } from './content-formats.ts';

/** What bytes are by their content, and what that rests on. */
export interface ContentIdentity extends ContentFormat {
  /**
   * `signature`: fixed bytes that the format begins with. `structure`: several fields that agree (repeated sync bytes,
   * brands, directories). `text`: nothing but text was found. `none`: empty, or nothing that is known.
   */
  readonly basis: 'signature' | 'structure' | 'text' | 'none';
  /** Where the bytes are that it rests on. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** Further names that the content gives itself: the major brand, the document type of a Matroska file. */
  readonly subtype?: string;
}

/** What a recogniser says: a key of the format table, and the bytes that it rests on. */
export interface Recognised {
  readonly format: string;
  readonly basis: ContentIdentity['basis'];
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly subtype?: string;
}

export function bySignature(format: string, offsetBytes: number, lengthBytes: number, subtype?: string): Recognised {
  return { format, basis: 'signature', offsetBytes, lengthBytes, ...(subtype === undefined ? {} : { subtype }) };
}

export function byStructure(format: string, offsetBytes: number, lengthBytes: number): Recognised {
  return { format, basis: 'structure', offsetBytes, lengthBytes };
}
