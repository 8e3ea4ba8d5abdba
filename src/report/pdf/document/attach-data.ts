import type { ArchivalDocument } from './archival-document.ts';

/** A file inside the PDF. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly description: string;
  readonly createdAt: Date;
}

/** Attaches a file as the data that the document was made from (ISO 19005-3 §6.8: AFRelationship Data). */
export function attachData(
  document: ArchivalDocument,
  { name, bytes, mediaType, description, createdAt }: AttachedFile,
): void {
  document.file(Buffer.from(bytes), {
    name,
    type: mediaType,
    description,
    creationDate: createdAt,
    modifiedDate: createdAt,
    relationship: 'Data',
  } as Parameters<ArchivalDocument['file']>[1]);
}
