/** Which glyph a character has in a TrueType font, and how wide it is. */
export interface GlyphMetrics {
  /** 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** In thousandths of the type's size. */
  advanceOf(glyph: number): number;
}

/**
 * Reads the tables cmap (format 4 or 12), hhea, hmtx and head of a TrueType font. Own code, because fontkit reads a glyph's whole
 * outline to tell its width, which took most of a report's time. For Assay's own fonts only: nothing here is fit for a stranger's.
 *
 * @see https://learn.microsoft.com/en-us/typography/opentype/spec/otff
 */
export function readGlyphMetrics(bytes: Uint8Array): GlyphMetrics {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const at = 12 + i * 16;
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const table = (name: string): number => {
    const at = tables.get(name);
    if (at === undefined) throw new RangeError(`font without ${name}`);
    return at;
  };
  const unitsPerEm = view.getUint16(table('head') + 18);
  const widths = view.getUint16(table('hhea') + 34);
  const hmtx = table('hmtx');
  const glyphOf = readCmap(view, table('cmap'));
  return {
    glyphOf,
    // Glyphs past the last width have the last one's.
    advanceOf: (glyph) => (view.getUint16(hmtx + Math.min(glyph, widths - 1) * 4) * 1000) / unitsPerEm,
  };
}

function readCmap(view: DataView, cmap: number): (codePoint: number) => number {
  const subtables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, i) => cmap + view.getUint32(cmap + 4 + i * 8 + 4),
  );
  const wide = subtables.find((at) => view.getUint16(at) === 12);
  if (wide !== undefined) return (codePoint) => lookUp12(view, wide, codePoint);
  const narrow = subtables.find((at) => view.getUint16(at) === 4);
  if (narrow !== undefined) return (codePoint) => lookUp4(view, narrow, codePoint);
  throw new RangeError('font without a character map that is known here');
}

function lookUp12(view: DataView, at: number, codePoint: number): number {
  let low = 0;
  let high = view.getUint32(at + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = at + 16 + middle * 12;
    if (codePoint < view.getUint32(group)) high = middle - 1;
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
    else return view.getUint32(group + 8) + codePoint - view.getUint32(group);
  }
  return 0;
}

function lookUp4(view: DataView, at: number, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const segments = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  for (let i = 0; i < segments; i += 1) {
    if (codePoint > view.getUint16(ends + i * 2)) continue;
    const start = view.getUint16(starts + i * 2);
    if (codePoint < start) return 0;
    const delta = view.getUint16(starts + segments * 2 + i * 2);
    const rangeAt = starts + segments * 4 + i * 2;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + (codePoint - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
