import { describe, expect, it } from 'vitest';
import { joinBytes, sampleGif } from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

describe('the blocks of a GIF file', () => {
  it('follow each other to the trailer', async () => {
    const bytes = sampleGif();
    const { nodes, errors } = await walkBytes(bytes);
    expect(nodes.map(({ type, offsetBytes, sizeBytes }) => [type, offsetBytes, sizeBytes])).toEqual([
      ['logical-screen', 0, 13],
      ['comment-extension', 19, 9],
      ['image', 28, 15],
      ['trailer', 43, 1],
    ]);
    expect(errors).toEqual([]);
  });

  it('give sizes and comments', async () => {
    const structure = await walkBytes(sampleGif());
    expect(fieldsAt(structure, 'logical-screen')).toMatchObject({ width: 2, height: 1 });
    expect(fieldsAt(structure, 'comment-extension')['value']).toBe('hello');
    expect(fieldsAt(structure, 'image')).toMatchObject({ left: 0, width: 2, height: 1 });
  });

  it('may be animated, with an application’s block', async () => {
    const bytes = sampleGif();
    const loop = joinBytes([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0], [0x21, 0xf9, 4, 4, 10, 0, 0, 0]);
    const structure = await walkBytes(joinBytes(bytes.subarray(0, 19), loop, bytes.subarray(19)));
    expect(fieldsAt(structure, 'application-extension')['application']).toBe('NETSCAPE2.0');
    expect(fieldsAt(structure, 'graphic-control-extension')['delayHundredths']).toBe(10);
    expect(structure.errors).toEqual([]);
  });

  it('that end nowhere are errors', async () => {
    const structure = await walkBytes(sampleGif().subarray(0, 40));
    expect(errorCodes(structure)).toEqual(['blocks-not-ended', 'end-of-image-missing']);
  });

  it('that are none stop the walk, and the rest is kept', async () => {
    const structure = await walkBytes(joinBytes(sampleGif().subarray(0, 19), [0x99, 1, 2]));
    expect(errorCodes(structure)).toEqual(['not-a-block', 'end-of-image-missing']);
    expect(nodeAt(structure, 'trailing-data').sizeBytes).toBe(3);
  });
});
