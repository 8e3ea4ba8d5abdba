import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { metadata } from '../../../src/methods/metadata/method.ts';
import { parseTime } from '../../../src/methods/metadata/metadata-time.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { sayAll } from '../../integration/methods/say-findings.ts';
import { mappedTo, terms, type Comparison, type Mapped } from './metadata-reference.ts';
import { describeWithMedia } from '../shared-media.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Numbers of a text, fractions worked out: `1/125 s` is 0.008. */
function numbersOf(text: string): number[] {
  return [...text.matchAll(/(?<![\d.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?:\/[-+]?\d+(?:\.\d+)?)?/gi)].map(([one]) => {
    const [n = '', d] = one.split('/');
    return d === undefined ? Number(n) : Number(n) / Number(d);
  });
}

/** ExifTool rounds for printing; numbers agree within what its last digit means, and within a hundredth. */
function sameNumbers(ours: string, theirs: string): boolean {
  const [a, b] = [numbersOf(ours), numbersOf(theirs)];
  return (
    b.length > 0 && b.every((value, i) => Math.abs((a[i] ?? NaN) - value) <= Math.max(0.051, Math.abs(value) * 0.02))
  );
}

const plain = (text: string): string => text.replaceAll(/[\0\s]+/g, ' ').trim();

function agrees(row: Row, name: string, theirs: string, mapped: Mapped): boolean {
  const ours = String(row[mapped.column ?? 'raw']);
  const ways: Record<Comparison, () => boolean> = {
    words: () => plain(ours).toLowerCase() === plain(theirs).toLowerCase(),
    text: () =>
      (theirs.endsWith('...') && plain(ours).startsWith(plain(theirs).slice(0, -3))) ||
      plain(ours) === plain(theirs) ||
      (sameNumbers(ours, theirs) && ours.length === theirs.length),
    starts: () => plain(theirs).startsWith(plain(ours).split(';')[0] ?? '\0') || plain(ours).includes(plain(theirs)),
    numbers: () => sameNumbers(ours, theirs) || (theirs === 'undef' && ours.includes('/0')),
    degrees: () => sameNumbers(ours.replaceAll(/[°′″]/g, ' '), theirs),
    term: () => (terms[name]?.[plain(ours)] ?? plain(ours)) === plain(theirs),
    brands: () => ours === theirs.padEnd(4).trim() || ours.trim() === theirs.trim(),
    time: () => {
      const [a, b] = [parseTime(ours), parseTime(theirs)];
      if (b === undefined) return a === undefined || ours === '0';
      return a !== undefined && Math.floor(a.wallMs / 1000) === Math.floor(b.wallMs / 1000);
    },
  };
  return ways[mapped.as]();
}

/** Values of a reference entry; a long list stands in it as a text `['a', 'b'…` that is cut. */
function valuesOf(value: string | number | string[]): string[] {
  if (Array.isArray(value)) return value.map(String);
  const text = String(value);
  if (!/^\[['"]/.test(text)) return [text];
  return [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
}

function rowsFor(rows: readonly Row[], { origin, key }: Mapped): Row[] {
  const matches = (value: Row[string] | undefined): boolean =>
    typeof value === 'string' && (typeof key === 'string' ? value === key : key.test(value));
  return rows.filter((row) => origin.test(String(row['origin'])) && (matches(row['id']) || matches(row['tag'])));
}

describeWithMedia('metadata against ExifTool and the manifest', (media) => {
  const reference = JSON.parse(readFileSync(join(media, 'exiftool_reference.json'), 'utf8')) as {
    files: Record<string, Record<string, string | number | string[]>>;
  };
  const runs = new Map<string, MethodRunInTest>();
  beforeAll(async () => {
    for (const file of Object.keys(reference.files)) {
      if (existsSync(join(media, file))) runs.set(file, await runMethod(metadata, join(media, file)));
    }
  }, 300_000);

  const tableOf = (file: string): readonly Row[] => {
    const run = runs.get(file);
    return run?.artefacts.has('metadata') === true ? run.rows('metadata') : [];
  };

  it('has every mapped value of every file, with the same content', () => {
    let compared = 0;
    const missing: string[] = [];
    const groups = new Map<string, number>();
    for (const [file, values] of Object.entries(reference.files)) {
      const rows = tableOf(file);
      for (const [key, value] of Object.entries(values)) {
        const [group = '', name = ''] = key.split(':');
        const mapped = mappedTo(group, name);
        if (mapped === undefined) continue;
        const found = rowsFor(rows, mapped);
        for (const theirs of valuesOf(value)) {
          compared += 1;
          groups.set(group, (groups.get(group) ?? 0) + 1);
          if (plain(theirs) === '' && found.length > 0) continue;
          if (!found.some((row) => agrees(row, name, theirs, mapped))) {
            missing.push(
              `${file} ${key}: “${theirs}” against ${JSON.stringify(found.map((row) => row[mapped.column ?? 'raw']))}`,
            );
          }
        }
      }
    }
    const total = Object.values(reference.files).reduce((sum, values) => sum + Object.keys(values).length, 0);
    console.info(
      `metadata: ${String(compared - missing.length)} of ${String(compared)} mapped values agree, over ${String(runs.size)} files ` +
        `(ExifTool prints ${String(total)} in all): ${[...groups].map(([group, count]) => `${group} ${String(count)}`).join(', ')}`,
    );
    expect(missing).toEqual([]);
    expect(compared).toBeGreaterThan(2100);
  });

  it('has the size of every picture that ExifTool knows', () => {
    const wrong: string[] = [];
    for (const [file, values] of Object.entries(reference.files)) {
      const size = /^(\d+)x(\d+)$/.exec(String(values['Composite:ImageSize'] ?? ''));
      if (size === null || String(values['File:MIMEType'] ?? '').startsWith('image/bmp')) continue;
      const [, width, height] = size;
      const rows = tableOf(file);
      const has = (tag: RegExp, value: string | undefined): boolean =>
        rows.some((row) => tag.test(String(row['tag'])) && String(row['raw']).split('.')[0] === value);
      if (!has(/^(?:width|PixelWidth)$/, width) || !has(/^(?:height|PixelHeight)$/, height))
        wrong.push(`${file} ${size[0]}`);
    }
    expect(wrong).toEqual([]);
  });

  it('has the positions of the manifest, in degrees', () => {
    const known: Readonly<Record<string, readonly [number, number]>> = {
      'exif/DSCN0010.jpg': [43 + 28 / 60 + 2.81 / 3600, 11 + 53 / 60 + 6.46 / 3600],
      'exif/Apple iPhone 4.jpg': [41 + 51 / 60 + 10.8 / 3600, 12 + 29 / 60 + 19.8 / 3600],
      'exif/HTC Desire.jpg': [45 + 30 / 60 + 2.4 / 3600, 9 + 6 / 60 + 37.2 / 3600],
      'exif/IMG_5195.HEIC': [39 + 3 / 60 + 4.84 / 3600, -(94 + 17 / 60 + 19.58 / 3600)],
      'exif/png_with_exif_and_gps.png': [50 + 17 / 60 + 58.57 / 3600, 14 + 49 / 60 + 13.06 / 3600],
      'video_original/iphone6_with-gps.mov': [32.0929, 34.862],
      'video_original/android601_with-gps.mp4': [51.4169, -0.0806],
    };
    for (const [file, [latitude, longitude]] of Object.entries(known)) {
      const { measures } = runs.get(file)!.finding('position');
      expect(measures['latitude']?.value, file).toBeCloseTo(latitude, 4);
      expect(measures['longitude']?.value, file).toBeCloseTo(longitude, 4);
    }
    expect(runs.get('exif/45-gps_ifd.jpg')!.findings.map(({ code }) => code)).toContain('position-empty');
  });

  it('finds each file whose EXIF size is not the real one', () => {
    const manifest = JSON.parse(readFileSync(join(media, 'manifest.json'), 'utf8')) as {
      file: string;
      known_answers: { question: string }[];
    }[];
    const listed = manifest.filter(({ known_answers: answers }) =>
      answers.some(({ question }) => question === 'EXIF size against real size'),
    );
    expect(listed.length).toBeGreaterThan(5);
    for (const { file } of listed) {
      const codes = runs.get(file)!.findings.map(({ code }) => code);
      expect(
        codes.some((code) => code === 'size-scaled' || code === 'size-differs' || code === 'size-turned'),
        file,
      ).toBe(true);
    }
  });

  it('extracts the thumbnails of the manifest byte for byte and finds them to show the picture', () => {
    const sizes: Readonly<Record<string, number>> = {
      'exif/DSCN0010.jpg': 6702,
      'exif/Canon_40D.jpg': 1378,
      'exif/nikon-e950.jpg': 4662,
    };
    for (const [file, bytes] of Object.entries(sizes)) {
      const found = runs.get(file)!.findings.find(({ details }) => details['origin'] === 'exif/ifd1');
      expect(found?.measures['bytes']?.value, file).toBe(bytes);
      expect(found?.outcome, file).toBe('consistent');
    }
  });

  it('never finds an unchanged thumbnail in conflict with its picture', () => {
    for (const [file, run] of runs) {
      const conflicts = run.findings.filter(({ proposition, outcome }) => {
        return proposition === 'thumbnail-shows-picture' && outcome === 'inconsistent';
      });
      expect(conflicts, file).toEqual([]);
    }
  });

  it('names the programs and histories of the manifest', () => {
    const programs = (file: string): string => String(runs.get(file)!.finding('software').measures['programs']?.value);
    expect(programs('exif/Canon_40D.jpg')).toContain('GIMP 2.4.5');
    expect(programs('exif/DSCN0010.jpg')).toContain('Nikon Transfer 1.1 W');
    expect(programs('exif/no_exif.jpg')).toContain('Adobe Photoshop CC (Macintosh)');
    expect(programs('exif/Canon EOS-1DS (after Noise Ninja).jpg')).toContain('Noise Ninja 2');
    expect(runs.get('exif/Canon EOS 7D.jpg')!.finding('edit-history').measures['steps']?.value).toBe(3);
    expect(runs.get('exif/45-gps_ifd.jpg')!.finding('camera').measures['model']?.value).toBe('Gran Turismo 5');
    expect(runs.get('exif/png_with_exif_and_gps.png')!.findings.map(({ code }) => code)).toContain(
      'metadata-after-picture',
    );
  });

  it('has two readers of one mind on every EXIF value', () => {
    let compared = 0;
    for (const [file, run] of runs) {
      for (const { code, measures } of run.findings) {
        if (code !== 'readers-compared') continue;
        compared += Number(measures['compared']?.value);
        expect(measures['different']?.value, file).toBe(0);
      }
    }
    expect(compared).toBeGreaterThan(800);
  });

  it('has words for everything that it finds', async () => {
    for (const [file, run] of runs) {
      for (const sentence of await sayAll('metadata', run)) expect(sentence, file).not.toMatch(/\{\{|undefined/);
    }
  });
});
