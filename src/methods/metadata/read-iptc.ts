/** One data set (IPTC-IIM 4.2 §1.5). Offsets count from the first byte given. */
export interface IptcDataSet {
  readonly record: number;
  readonly dataSet: number;
  readonly offsetBytes: number;
  readonly dataOffsetBytes: number;
  readonly data: Uint8Array;
}

const maxDataSets = 4096;

/** Reads the data sets of an IIM stream. Ends at the first byte that starts none; never throws. */
export function readIptc(bytes: Uint8Array): { dataSets: IptcDataSet[]; brokenAt?: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dataSets: IptcDataSet[] = [];
  let at = 0;
  while (at + 5 <= bytes.length && dataSets.length < maxDataSets) {
    if (bytes[at] !== 0x1c) {
      // Blocks are padded with zeros; anything else is damage.
      return bytes.subarray(at).every((byte) => byte === 0) ? { dataSets } : { dataSets, brokenAt: at };
    }
    let length = view.getUint16(at + 3);
    let dataAt = at + 5;
    if (length >= 0x8000) {
      const lengthBytes = length & 0x7fff;
      if (lengthBytes > 4 || dataAt + lengthBytes > bytes.length) return { dataSets, brokenAt: at };
      length = 0;
      for (let i = 0; i < lengthBytes; i += 1) length = length * 256 + view.getUint8(dataAt + i);
      dataAt += lengthBytes;
    }
    const data = bytes.subarray(dataAt, dataAt + length);
    dataSets.push({
      record: view.getUint8(at + 1),
      dataSet: view.getUint8(at + 2),
      offsetBytes: at,
      dataOffsetBytes: dataAt,
      data,
    });
    if (dataAt + length > bytes.length) return { dataSets, brokenAt: at };
    at = dataAt + length;
  }
  return { dataSets };
}

/** Text of a data set: UTF-8 where 1:90 says so or the bytes are valid UTF-8, else Latin-1. */
export function iptcText(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('latin1').decode(data);
  }
}
