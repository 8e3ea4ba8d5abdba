import { describe, expect, it } from 'vitest';
import { knownSoftware } from '../../../../src/methods/metadata/known-software.ts';
import type { MetadataEntry } from '../../../../src/methods/metadata/metadata-entry.ts';
import { historyFindings, softwareFindings } from '../../../../src/methods/metadata/software-findings.ts';

const entry = (origin: string, tag: string, raw: string): MetadataEntry => ({ origin, tag, raw, readable: raw });
const camera = [entry('exif/ifd0', 'Make', 'Example Works'), entry('exif/ifd0', 'Model', 'Model 7')];
const codes = (entries: readonly MetadataEntry[]): string[] => softwareFindings(entries).map(({ code }) => code);

describe('knownSoftware', () => {
  it('tells editors, transcoders, messengers and transfer programs apart', () => {
    expect(knownSoftware('Adobe Photoshop CS4 Windows')?.kind).toBe('editor');
    expect(knownSoftware('GIMP 2.4.5')?.kind).toBe('editor');
    expect(knownSoftware('Noise Ninja 2')?.kind).toBe('editor');
    expect(knownSoftware('Lavf59.27.100')?.kind).toBe('transcoder');
    expect(knownSoftware('CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90')?.kind).toBe('transcoder');
    expect(knownSoftware('WhatsApp')?.kind).toBe('messenger');
    expect(knownSoftware('Nikon Transfer 1.1 W')?.kind).toBe('transfer');
  });

  it("knows nothing of cameras' own firmware", () => {
    for (const firmware of [
      'Ver.1.02',
      '12.3',
      'COOLPIX P6000 V1.0',
      'HDR+ 1.0.199571065z',
      'Firmware Version 1.10',
      'CanonMVI06',
    ]) {
      expect(knownSoftware(firmware)).toBeUndefined();
    }
  });
});

describe('softwareFindings', () => {
  it('needs both a camera and a program for a conflict', () => {
    const gimp = entry('exif/ifd0', 'Software', 'GIMP 2.10');
    expect(codes([...camera, gimp])).toEqual(['camera', 'software', 'written-by-editor']);
    expect(codes([gimp])).toEqual(['software']);
    expect(codes(camera)).toEqual(['camera']);
  });

  it('takes the kind that says most, and the encoder of a film too', () => {
    const lavf = entry('moov/udta/meta/ilst/©too/data', '©too', 'Lavf58.29.100');
    expect(codes([...camera, lavf])).toContain('written-by-transcoder');
    expect(codes([...camera, lavf, entry('xmp', 'xmp:CreatorTool', 'Adobe Premiere Pro 2020')])).toContain(
      'written-by-editor',
    );
  });

  it('finds names of cameras in conflict, apart from case and punctuation', () => {
    expect(codes([...camera, entry('xmp', 'tiff:Make', 'EXAMPLE  WORKS')])).not.toContain('camera-names-differ');
    expect(codes([...camera, entry('xmp', 'tiff:Make', 'Other')])).toContain('camera-names-differ');
    expect(codes([...camera, entry('exif/ifd1', 'Make', 'Other')])).not.toContain('camera-names-differ');
  });

  it('lists what can single out a device, zeros apart', () => {
    const serials = [
      entry('exif/exif', 'SerialNumber', '00000'),
      entry('exif/maker-note/nikon', 'ShutterCount', '4854'),
    ];
    expect(softwareFindings(serials)[0]).toMatchObject({
      code: 'device-identifiers',
      measures: { identifiers: { value: 'ShutterCount 4854' } },
    });
  });
});

describe('historyFindings', () => {
  it('counts steps and names programs, first and last time', () => {
    const step = (n: number, name: string, value: string) =>
      entry('xmp', `xmpMM:History[${String(n)}]/stEvt:${name}`, value);
    const [finding] = historyFindings([
      step(1, 'action', 'created'),
      step(1, 'when', '2010-12-14T20:14:39+01:00'),
      step(2, 'action', 'saved'),
      step(2, 'softwareAgent', 'Some Editor'),
      step(2, 'when', '2010-12-17T21:49:45+01:00'),
    ]);
    expect(finding).toMatchObject({
      code: 'edit-history',
      measures: {
        steps: { value: 2 },
        actions: { value: 'created, saved' },
        programs: { value: 'Some Editor' },
        first: { value: '2010-12-14T20:14:39+01:00' },
        last: { value: '2010-12-17T21:49:45+01:00' },
      },
    });
  });

  it('tells a document made out of another from one that is its own original', () => {
    const ids = (document: string, original: string) =>
      historyFindings([entry('xmp', 'xmpMM:DocumentID', document), entry('xmp', 'xmpMM:OriginalDocumentID', original)]);
    expect(ids('xmp.did:1', 'xmp.did:2').map(({ code }) => code)).toEqual(['derived-document']);
    expect(ids('xmp.did:AB', 'ab')).toEqual([]);
  });
});
