import { describe, expect, it } from 'vitest';
import {
  asciiText,
  bytesOf,
  bytesPerRow,
  offsetText,
  rowsOf,
  windowBytes,
  windowsFor,
} from '../../../../../renderer/workspace/panels/structure/hex-layout.ts';

describe('the rows of the hex view', () => {
  it('begin on a multiple of sixteen and hold the last byte', () => {
    expect(rowsOf({ from: 20, to: 33 }, 16, 1000)).toEqual({ first: 1, count: 2 });
    expect(rowsOf({ from: 16, to: 32 }, 16, 1000)).toEqual({ first: 1, count: 1 });
    expect(rowsOf({ from: 20, to: 33 }, 8, 1000)).toEqual({ first: 2, count: 3 });
  });

  it('are one for an empty run, and never more than can be drawn', () => {
    expect(rowsOf({ from: 5, to: 5 }, 16, 1000).count).toBe(1);
    expect(rowsOf({ from: 0, to: 2 ** 40 }, 16, 1000).count).toBe(1000);
  });

  it('hold eight bytes where sixteen have no room', () => {
    expect(bytesPerRow(54)).toBe(8);
    expect(bytesPerRow(90)).toBe(16);
  });
});

describe('what is fetched', () => {
  it('is the windows that the run touches, none behind the end of the file', () => {
    expect(windowsFor({ from: 0, to: 16 }, 100)).toEqual([0]);
    expect(windowsFor({ from: windowBytes - 16, to: windowBytes + 16 }, 2 * windowBytes)).toEqual([0, windowBytes]);
    expect(windowsFor({ from: windowBytes - 16, to: windowBytes + 16 }, windowBytes)).toEqual([0]);
  });
});

describe('the words of the hex view', () => {
  it('write offsets with as many digits as the file needs', () => {
    expect(offsetText(255, 1000)).toBe('000000ff');
    expect(offsetText(255, 2 ** 36)).toBe('00000000ff');
  });

  it('show only what ASCII can show', () => {
    expect([0x1f, 0x20, 0x41, 0x7e, 0x7f, 0xff].map(asciiText)).toEqual(['.', ' ', 'A', '~', '.', '.']);
  });

  it('read base64 byte by byte', () => {
    expect([...bytesOf('AP+A')]).toEqual([0, 255, 128]);
  });
});
