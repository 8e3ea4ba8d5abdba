import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { readZipDirectory, zipFormat } from '../../../../src/containers/content/zip-directory.ts';
import { joinBytes, le16, le32, zeros } from '../../../support/container-samples.ts';

const local = joinBytes('PK\x03\x04', zeros(22), le16(5), le16(0), 'a.txt');
const central = joinBytes('PK\x01\x02', zeros(24), le16(5), zeros(12), le32(0), 'a.txt');

function endRecord(directoryBytes: number, directoryOffset: number, entries = 1, comment = ''): Uint8Array {
  return joinBytes(
    ...['PK\x05\x06', zeros(4), le16(entries), le16(entries), le32(directoryBytes), le32(directoryOffset)],
    ...[le16(comment.length), comment],
  );
}

const read = (bytes: Uint8Array) => readZipDirectory(bytesInMemory(bytes));

describe('the directory of a ZIP archive', () => {
  it('gives names and the places where the archive begins and ends', async () => {
    const bytes = joinBytes(local, central, endRecord(central.length, local.length, 1, 'note'));
    expect(await read(bytes)).toEqual({
      endRecordOffset: local.length + central.length,
      endOffset: bytes.length,
      archiveOffset: 0,
      entryCount: 1,
      names: ['a.txt'],
    });
  });

  it('is found behind other bytes, and before others', async () => {
    const archive = joinBytes(local, central, endRecord(central.length, local.length));
    expect(await read(joinBytes(zeros(1000), archive, 'tail'))).toMatchObject({
      archiveOffset: 1000,
      endOffset: 1000 + archive.length,
    });
  });

  it.each([
    ['that is larger than what stands before it', joinBytes(local, central, endRecord(9999, 0))],
    ['that begins behind itself', joinBytes(local, central, endRecord(central.length, 9999))],
    ['that has no entries where it says', joinBytes(local, zeros(50), endRecord(50, local.length))],
    ['of no entries but of some length', joinBytes(zeros(60), endRecord(50, 0, 0))],
    ['that is cut', joinBytes(local, central, endRecord(central.length, local.length)).subarray(0, -3)],
  ])('is not believed: one %s', async (_name, bytes) => {
    expect(await read(bytes)).toBeUndefined();
  });

  it('of an empty archive is one', async () => {
    expect(await read(endRecord(0, 0, 0))).toMatchObject({ entryCount: 0, names: [] });
  });
});

describe('what an archive is by its names', () => {
  it('needs the entries that belong together', () => {
    expect(zipFormat(['word/document.xml'])).toBe('zip');
    expect(zipFormat(['[Content_Types].xml', 'ppt/presentation.xml'])).toBe('pptx');
    expect(zipFormat(['mimetype', 'META-INF/container.xml'])).toBe('epub');
    expect(zipFormat([])).toBe('zip');
  });
});
