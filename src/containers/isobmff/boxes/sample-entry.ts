import type { FieldReader } from '../../field-reader.ts';
import { readVersionAndFlags, type BoxContext, type BoxDecoder, type BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §8.5.2: one entry for each way in which samples of the track are coded. */
const sampleDescription: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  box.scope.version = version;
  reader.u32('entryCount');
};

export const sampleDescriptionBoxes: Readonly<Record<string, BoxSpec>> = {
  stsd: { decode: sampleDescription, children: true },
};

/** How an entry of the sample description is laid out: for picture and sound by the track's handler, as names can be anything. */
export function sampleEntrySpec(type: string, handler: string | undefined): BoxSpec {
  if (type === 'tx3g') return { decode: textEntry, children: true };
  if (type === 'wvtt' || type === 'mp4s') return { decode: plainEntry, children: true };
  switch (handler) {
    case 'vide':
    case 'pict':
    case 'auxv':
      return { decode: visualEntry, children: true };
    case 'soun':
      return { decode: audioEntry, children: true };
    case 'tmcd':
      return { decode: timecodeEntry };
    default:
      return { decode: plainEntry };
  }
}

function plainEntry(reader: FieldReader): void {
  reader.skip(6);
  reader.u16('dataReferenceIndex');
}

/** ISO/IEC 14496-12 §12.1.3; the same 78 bytes in QTFF. */
function visualEntry(reader: FieldReader): void {
  plainEntry(reader);
  reader.u16();
  reader.u16();
  const vendor = { offsetBytes: reader.offsetBytes, lengthBytes: 4 };
  const vendorCode = reader.text(undefined, 4, 'latin1');
  if (vendorCode !== '') reader.derive('vendor', vendorCode, vendor);
  reader.skip(8);
  reader.u16('width');
  reader.u16('height');
  reader.fixed('horizontalResolution', 32, 16);
  reader.fixed('verticalResolution', 32, 16);
  reader.skip(4);
  reader.u16('frameCount');
  const length = Math.min(reader.u8(), 31);
  reader.text('compressorName', length);
  reader.skip(31 - length);
  reader.u16('depth');
  reader.i16();
}

/** ISO/IEC 14496-12 §12.2.3; versions 1 and 2 of QTFF's sound description are longer. */
function audioEntry(reader: FieldReader, box: BoxContext): void {
  plainEntry(reader);
  const version = reader.u16('entryVersion');
  reader.skip(6);
  reader.u16('channelCount');
  reader.u16('sampleSizeBits');
  reader.skip(4);
  reader.fixed('sampleRateHz', 32, 16);
  // In ISO files version 1 comes with a version 1 `stsd` and adds nothing; without it, it is QuickTime's.
  const isQuickTime = (box.scope.version ?? 0) === 0;
  if (version === 1 && isQuickTime) {
    for (const name of ['samplesPerPacket', 'bytesPerPacket', 'bytesPerFrame', 'bytesPerSample']) reader.u32(name);
  } else if (version === 2 && isQuickTime) {
    reader.skip(4);
    reader.f64('sampleRate64Hz');
    reader.u32('channelCount32');
    reader.skip(4);
    reader.u32('constantBitsPerChannel');
    reader.u32('formatFlags');
    reader.u32('constantBytesPerPacket');
    reader.u32('constantFramesPerPacket');
  }
}

/** 3GPP TS 26.245 §5.16: display, place and style of timed text; a table of fonts follows. */
function textEntry(reader: FieldReader): void {
  plainEntry(reader);
  reader.u32('displayFlags');
  reader.i8('horizontalJustification');
  reader.i8('verticalJustification');
  reader.hex('backgroundColour', 4);
  for (const name of ['top', 'left', 'bottom', 'right']) reader.i16(name);
  reader.skip(12);
}

/** QTFF "Timecode sample description". */
function timecodeEntry(reader: FieldReader): void {
  plainEntry(reader);
  reader.skip(4);
  reader.u32('timecodeFlags');
  reader.u32('timeScale');
  reader.u32('frameDuration');
  reader.u8('numberOfFrames');
}
