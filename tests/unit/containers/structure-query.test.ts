import { describe, expect, it } from 'vitest';
import {
  childrenOf,
  field,
  findNode,
  nodesOfType,
  numberField,
  textField,
} from '../../../src/containers/structure-query.ts';
import { sampleMp4, sampleWav } from '../../support/container-samples.ts';
import { walkBytes } from '../../support/walk-bytes.ts';

describe('asking a structure', () => {
  it('finds a node by path, with or without the index of the first sibling', async () => {
    const structure = await walkBytes(sampleMp4());
    expect(findNode(structure, 'moov/trak/tkhd')).toBe(findNode(structure, 'moov/trak[0]/tkhd'));
    expect(findNode(structure, 'moov/trak[1]/tkhd')).not.toBe(findNode(structure, 'moov/trak[0]/tkhd'));
    expect(findNode(structure, 'moov/trak[2]')).toBeUndefined();
    expect(findNode(structure, 'moov/nothing/tkhd')).toBeUndefined();
  });

  it('finds every node by the path that it names itself', async () => {
    const structure = await walkBytes(sampleMp4());
    for (const node of structure.nodes) expect(findNode(structure, node.path)).toBe(node);
  });

  it('lets trailing spaces of a type be left out', async () => {
    const structure = await walkBytes(sampleWav());
    expect(findNode(structure, 'RIFF:WAVE/fmt')?.type).toBe('fmt ');
  });

  it('gives fields by name and kind, and undefined where there is none', async () => {
    const structure = await walkBytes(sampleMp4());
    const header = findNode(structure, 'moov/mvhd');
    expect(field(header, 'creationTime')).toBe('2019-07-24T08:25:57Z');
    expect(numberField(header, 'timescale')).toBe(1000);
    expect(numberField(header, 'creationTime')).toBeUndefined();
    expect(textField(header, 'timescale')).toBeUndefined();
    expect(field(undefined, 'timescale')).toBeUndefined();
  });

  it('lists nodes of a type and children of a node in file order', async () => {
    const structure = await walkBytes(sampleMp4());
    expect(nodesOfType(structure, 'trak')).toHaveLength(2);
    expect(childrenOf(structure, -1).map(({ type }) => type)).toEqual(['ftyp', 'mdat', 'moov', 'free']);
  });
});
