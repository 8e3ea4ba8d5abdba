import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §12.1.5; QuickTime's `nclc` has no range flag. Code points: Rec. ITU-T H.273. */
const colour: BoxDecoder = (reader) => {
  const type = reader.text('colourType', 4, 'latin1');
  if (type === 'nclx' || type === 'nclc') {
    reader.u16('colourPrimaries');
    reader.u16('transferCharacteristics');
    reader.u16('matrixCoefficients');
    if (type === 'nclx') reader.derive('fullRange', (reader.u8() & 0x80) !== 0);
  } else if (type === 'prof' || type === 'rICC') {
    reader.u32('profileBytes');
    reader.text('preferredModule', 4, 'latin1');
  }
};

/** ISO/IEC 14496-12 §12.1.4. */
const pixelAspectRatio: BoxDecoder = (reader) => {
  reader.u32('horizontalSpacing');
  reader.u32('verticalSpacing');
};

const cleanAperture: BoxDecoder = (reader) => {
  for (const part of ['width', 'height', 'horizontalOffset', 'verticalOffset']) {
    reader.i32(`${part}Numerator`);
    reader.i32(`${part}Denominator`);
  }
};

/** ISO/IEC 14496-12 §8.5.2.2. */
const bitRate: BoxDecoder = (reader) => {
  reader.u32('bufferSizeBytes');
  reader.u32('maxBitrate');
  reader.u32('averageBitrate');
};

const contentLight: BoxDecoder = (reader) => {
  reader.u16('maxContentLightLevel');
  reader.u16('maxPictureAverageLightLevel');
};

/** ISO/IEC 23008-12 §6.5: properties of still pictures. */
const spatialExtents: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.u32('width');
  reader.u32('height');
};

/** Turns are stored anticlockwise in steps of 90 degrees; `rotationDeg` is clockwise as everywhere in Assay. */
const rotation: BoxDecoder = (reader) => {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes: 1 };
  const steps = reader.u8('angleSteps') & 3;
  reader.derive('rotationDeg', (360 - steps * 90) % 360, place);
};

const mirror: BoxDecoder = (reader) => {
  reader.derive('mirrorAxis', (reader.u8() & 1) === 0 ? 'vertical' : 'horizontal');
};

const pixelInformation: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  const channels = reader.u8('channels');
  for (let index = 0; index < channels; index++) reader.u8(`bitsPerChannel[${index}]`);
};

const auxiliaryType: BoxDecoder = (reader) => {
  readVersionAndFlags(reader);
  reader.cString('auxType');
};

export const picturePropertyBoxes: Readonly<Record<string, BoxSpec>> = {
  colr: { decode: colour },
  pasp: { decode: pixelAspectRatio },
  clap: { decode: cleanAperture },
  btrt: { decode: bitRate },
  clli: { decode: contentLight },
  mdcv: {},
  amve: {},
  fiel: {
    decode: (reader) => {
      reader.u8('fields');
      reader.u8('detail');
    },
  },
  gama: { decode: (reader) => void reader.fixed('gamma', 32, 16) },
  ispe: { decode: spatialExtents },
  irot: { decode: rotation },
  imir: { decode: mirror },
  pixi: { decode: pixelInformation },
  auxC: { decode: auxiliaryType },
  rloc: {},
  lsel: {},
  a1op: {},
  a1lx: {},
  udes: {},
  st3d: {},
  sv3d: {},
  vexu: {},
};
