import type { BoxDecoder, BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §4.3: major brand, minor version, compatible brands to the end of the box. */
const fileType: BoxDecoder = (reader, box) => {
  reader.text('majorBrand', 4, 'latin1');
  reader.u32('minorVersion');
  const count = Math.floor(reader.remaining / 4);
  const recorded = box.takeTableEntries(count);
  for (let index = 0; index < recorded; index++) reader.text(`compatibleBrands[${index}]`, 4, 'latin1');
  if (recorded < count) reader.derive('compatibleBrandsTotal', count);
};

export const fileTypeBoxes: Readonly<Record<string, BoxSpec>> = {
  ftyp: { decode: fileType },
  styp: { decode: fileType },
};
