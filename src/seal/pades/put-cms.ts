import { AssayError } from '../../base/errors.ts';

/**
 * Puts a CMS into the room of a PDF's signature, the rest of the room filled with zeros: a new signature, or one that got a timestamp. No
 * other byte changes, so what the signature covers stays as it was signed.
 *
 * @param room from the `<` of `/Contents` to behind its `>`
 * @throws AssayError `defect` when it does not fit
 */
export function putCms(
  pdf: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
  cms: Uint8Array,
): Uint8Array {
  const digits = end - start - 2;
  const hex = Buffer.from(cms).toString('hex');
  if (hex.length > digits) throw new AssayError('defect', { what: "a signature is larger than the PDF's room for it" });
  const changed = pdf.slice();
  changed.set(Buffer.from(`<${hex.padEnd(digits, '0')}>`, 'latin1'), start);
  return changed;
}
