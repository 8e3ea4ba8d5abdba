/** Kinds of structure elements that a report uses (ISO 32000-1 §14.8.4). */
export type TagType =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'P'
  | 'TOC'
  | 'TOCI'
  | 'L'
  | 'LI'
  | 'LBody'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Caption';

export interface TagOptions {
  /** What a figure shows, for those who cannot see it. */
  readonly alt?: string;
  readonly scope?: 'Row' | 'Column';
}

/**
 * A place in the document's structure, apart from where it is drawn: what is drawn in several strips, on several pages, is one
 * paragraph or one table still.
 */
export interface Tag {
  readonly type: TagType;
  readonly parent?: Tag;
  readonly options: TagOptions;
}

export function tag(type: TagType, parent?: Tag, options: TagOptions = {}): Tag {
  return { type, options, ...(parent === undefined ? {} : { parent }) };
}
