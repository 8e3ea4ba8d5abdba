import type { BoxDecoder, BoxSpec } from '../box-spec.ts';

/** Extended types whose owners have published what they are for. */
const meanings: Readonly<Record<string, string>> = {
  'be7acfcb-97a9-42e8-9c71-999491e3afac': 'XMP',
  'd8fec3d6-1b0e-483c-9297-5828877ec481': 'C2PA',
  '33c7a4d2-b81d-4723-a0ba-f1a3e097ad38': 'Photoshop image resources',
  '0537cdab-9d0c-4431-a72a-fa561f2a113e': 'Exif',
  '09fce1f6-4cd4-4bdc-8d3b-9d1c1a1d2e29': 'IPTC',
  '50524f46-21d2-4fce-bb88-695cfac9c740': 'Sony profile (PROF)',
  '55534d54-21d2-4fce-bb88-695cfac9c740': 'Sony metadata (USMT)',
  'ffcc8263-f855-4a93-8814-587a02521fdd': 'Spherical video metadata',
  '85c0b687-820f-11e0-8111-f4ce462b6a48': 'Canon camera metadata',
  'eaf42b5e-1c98-4b88-b9fb-b7dc406e4d16': 'Canon preview picture',
  'a5d40b30-e814-11dd-ba2f-0800200c9a66': 'PIFF (Protected Interoperable File Format)',
  'a2394f52-5a9b-4f14-a244-6c427c648df4': 'PIFF sample encryption',
  '6d1d9b05-42d5-44e6-80e2-141daff757b2': 'Smooth Streaming fragment times',
  'd4807ef2-ca39-4695-8e54-26cb9e46a79f': 'Smooth Streaming fragment references',
};

/** ISO/IEC 14496-12 §4.2.2 `uuid`. */
const extended: BoxDecoder = (reader, box) => {
  if (box.extendedType === undefined) return;
  const place = { offsetBytes: reader.baseOffsetBytes - 16, lengthBytes: 16 };
  reader.derive('extendedType', box.extendedType, place);
  reader.derive('meaning', meanings[box.extendedType] ?? null);
};

/** C2PA Technical Specification 2.1 §A.5: purpose, offset of a hash tree, then JUMBF boxes. */
const contentCredentials: BoxDecoder = (reader, box) => {
  extended(reader, box);
  reader.u8('version');
  reader.u24('flags');
  const purpose = reader.cString('purpose');
  if (purpose === 'manifest') reader.u64('merkleOffset');
};

const c2pa = 'd8fec3d6-1b0e-483c-9297-5828877ec481';

export function extendedTypeSpec(extendedType: string | undefined): BoxSpec {
  return extendedType === c2pa ? { decode: contentCredentials, children: true } : { decode: extended };
}

/** True for a `uuid` box whose extended type is one of the published ones. */
export function isKnownExtendedType(extendedType: string | undefined): boolean {
  return extendedType !== undefined && Object.hasOwn(meanings, extendedType);
}

/** ISO/IEC 19566-5 §A.3 (JUMBF): what the superbox is, and its label. */
const jumbfDescription: BoxDecoder = (reader) => {
  reader.hex('contentType', 16);
  const toggles = reader.u8('toggles');
  if ((toggles & 2) !== 0) reader.cString('label');
};

/** Boxes of JUMBF, which C2PA manifests are made of. */
export const jumbfBoxes: Readonly<Record<string, BoxSpec>> = {
  jumb: { children: true },
  jumd: { decode: jumbfDescription },
  cbor: {},
  json: {},
  bfdb: {},
  bidb: {},
  c2sh: {},
  codb: {},
};
