import { visibleText } from '../../../base/visible-text.ts';
import { byteRangePlaceholder, padesFilter, type SignatureRoom } from '../../../seal/pades/signature-room.ts';
import type { ArchivalDocument, PdfReference } from './archival-document.ts';
import { page as paper } from '../layout/style.ts';
import type { Surface } from '../layout/surface.ts';

/** An invisible field over the place that stands for the signature: annotation flags Print and Locked (ISO 32000-1 §12.5.3). */
const printLocked = 4 + 128;
/** The document holds a signature, and only appending leaves it whole (ISO 32000-1 §12.7.2). */
const signedAndAppendOnly = 3;

/**
 * Puts a signature field over the place that the surface names, its signature's dictionary still to be filled. What a reader sees there is
 * the page's own text; the field adds nothing to it, so that nothing shown depends on the program that shows it.
 *
 * @returns the signature's object; its offset in the file is known once the document has ended
 */
export function addSignatureField(
  document: ArchivalDocument,
  surface: Surface,
  room: SignatureRoom,
): PdfReference & { readonly offset?: number } {
  const place = surface.signaturePlace;
  if (place === undefined) throw new Error('no place for the signature');
  const { box } = place;
  const signature = document.newObject({
    Type: 'Sig',
    Filter: padesFilter.filter,
    SubFilter: padesFilter.subFilter,
    ByteRange: [...byteRangePlaceholder],
    Contents: new Uint8Array(room.bytes),
    M: room.signingTime,
    Name: new String(visibleText(room.signerName)),
  });
  const appearance = document.newObject({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, box.width, box.height],
    Resources: {},
  }) as PdfReference & { end(content?: string): void };
  appearance.end('q Q');
  const bottom = paper.height - box.y - box.height;
  const widget = document.newObject({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('Seal'),
    V: signature,
    F: printLocked,
    Rect: [box.x, bottom, box.x + box.width, bottom + box.height],
    P: place.page,
    AP: { N: appearance },
  });
  place.page.data['Annots'] = [...((place.page.data['Annots'] as unknown[] | undefined) ?? []), widget];
  document.inside._root.data['AcroForm'] = document.newObject({ Fields: [widget], SigFlags: signedAndAppendOnly });
  widget.end();
  signature.end();
  return signature;
}
