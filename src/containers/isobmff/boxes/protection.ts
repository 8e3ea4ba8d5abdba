import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §8.12: how protected samples are protected. */
const scheme: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.text('schemeType', 4, 'latin1');
  reader.u32('schemeVersion');
};

/** ISO/IEC 23001-7 §8.1. */
const protectionSystem: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.hex('systemId', 16);
};

export const protectionBoxes: Readonly<Record<string, BoxSpec>> = {
  sinf: { children: true },
  rinf: { children: true },
  schi: { children: true },
  schm: { decode: scheme },
  pssh: { decode: protectionSystem },
  tenc: {},
  senc: {},
};
