import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { examinationKey } from '../../../src/examination/examination-key.ts';
import type { ExaminationInputs } from '../../../src/examination/result.ts';

const ffmpeg = { name: 'ffmpeg', version: '5.1', sha256: 'a'.repeat(64) };
const ffprobe = { name: 'ffprobe', version: '5.1', sha256: 'b'.repeat(64) };
const inputs: ExaminationInputs = {
  exhibitSha256: 'c'.repeat(64),
  method: { id: 'ela', version: 1 },
  parameters: { quality: 90, scale: 15 },
  programs: [ffmpeg, ffprobe],
};

describe('examinationKey', () => {
  it('is the SHA-256 of the canonical JSON of the inputs, as anyone can work it out', () => {
    const text =
      `{"exhibitSha256":"${'c'.repeat(64)}","method":{"id":"ela","version":1},"parameters":{"quality":90,"scale":15},` +
      `"programs":[{"name":"ffmpeg","sha256":"${'a'.repeat(64)}","version":"5.1"},{"name":"ffprobe","sha256":"${'b'.repeat(64)}","version":"5.1"}]}`;
    expect(examinationKey(inputs)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('does not depend on the order of parameters or programs', () => {
    const turned = { ...inputs, parameters: { scale: 15, quality: 90 }, programs: [ffprobe, ffmpeg] };
    expect(examinationKey(turned)).toBe(examinationKey(inputs));
  });

  it.each([
    ['the exhibit', { exhibitSha256: 'd'.repeat(64) }],
    ['the method', { method: { id: 'ela', version: 2 } }],
    ['a parameter', { parameters: { quality: 91, scale: 15 } }],
    ['a program', { programs: [{ ...ffmpeg, sha256: 'e'.repeat(64) }, ffprobe] }],
  ])('changes with %s', (_what, change) => {
    expect(examinationKey({ ...inputs, ...change })).not.toBe(examinationKey(inputs));
  });
});
