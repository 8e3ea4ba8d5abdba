import exifr from 'exifr';
import type { TiffEntry, TiffWalk } from '../../containers/tiff/walk-tiff.ts';
import type { MethodContext } from '../method.ts';
import { blockBytes } from './metadata-block.ts';
import type { ReadTiff } from './read-blocks.ts';

/** What the second reader makes of a TIFF block: values by directory and tag number. */
export type SecondReading = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One value on which the two readers are not of one mind. */
export interface ReadingDifference {
  readonly origin: string;
  readonly tag: number;
  readonly ours: string;
  readonly theirs: string;
  readonly offsetBytes: number;
}

export interface ReadersCompared {
  readonly compared: number;
  readonly differences: readonly ReadingDifference[];
  /** Blocks that the second reader was not asked about, or gave up on. */
  readonly notRead: number;
}

const longestBlock = 8 * 1024 * 1024;
const directories = ['ifd0', 'exif', 'gps', 'interop'] as const;
/** exifr turns these into something else than what is stored, or leaves them out. */
const passedOver = new Set([0x8769, 0x8825, 0xa005, 0x927c, 0x02bc, 0x83bb, 0x8649, 0x8773]);

/**
 * Kernel: reads a TIFF block with exifr, raw values only.
 *
 * SECURITY: only blocks whose every value lies inside them come here; exifr reserves memory for whatever count a tag claims.
 */
export async function readAgain({ block }: { readonly block: Uint8Array }): Promise<SecondReading | null> {
  try {
    const options = {
      tiff: true,
      ifd0: true,
      exif: true,
      gps: true,
      interop: true,
      ...{ ifd1: false, xmp: false, icc: false, iptc: false, jfif: false, makerNote: false },
      ...{ translateKeys: false, translateValues: false, reviveValues: false, mergeOutput: false, sanitize: false },
    };
    return (await exifr.parse(block, options as never)) as SecondReading | null;
  } catch {
    // It gives up where the walk goes on: that is why there are two.
    return null;
  }
}

/** Has every sound TIFF block read a second time and compares the values that both readers give. */
export async function compareReaders(tiffs: readonly ReadTiff[], context: MethodContext): Promise<ReadersCompared> {
  const differences: ReadingDifference[] = [];
  let compared = 0;
  let notRead = 0;
  for (const tiff of tiffs) {
    const { walk, block, origin } = tiff;
    const reading =
      walk.errors.length > 0 || block.length > longestBlock
        ? null
        : await context.compute<SecondReading | null>('readAgain', { block: Uint8Array.from(await blockBytes(block)) });
    if (reading === null) {
      notRead += 1;
      continue;
    }
    for (const directory of directories) {
      for (const entry of ofDirectory(walk, directory)) {
        const theirs = reading[directory]?.[String(entry.tag)];
        if (theirs === undefined || passedOver.has(entry.tag) || entry.cut) continue;
        const [mine, other] = [ourValue(entry), theirValue(theirs)];
        if (mine === undefined || other === undefined) continue;
        compared += 1;
        if (mine !== other) {
          const offsetBytes = entry.offsetBytes + (block.shift ?? 0);
          differences.push({
            origin: `${origin}/${directory}`,
            tag: entry.tag,
            ours: mine,
            theirs: other,
            offsetBytes,
          });
        }
      }
    }
  }
  return { compared, differences, notRead };
}

/** The last entry of each tag: exifr lets a later one replace an earlier. */
function ofDirectory(walk: TiffWalk, directory: string): TiffEntry[] {
  const last = new Map<number, TiffEntry>();
  for (const entry of walk.entries) if (entry.ifd === directory) last.set(entry.tag, entry);
  return [...last.values()];
}

/** Both values in the same plain form; undefined where the two libraries keep different things by design. */
function ourValue({ value }: TiffEntry): string | undefined {
  switch (value.kind) {
    case 'text':
      return textForm(value.text);
    case 'numbers':
      return numberForm(value.numbers);
    case 'rationals':
      return numberForm(value.rationals.map(([n, d]) => n / d));
    case 'bytes':
      return numberForm([...value.bytes]);
  }
}

function theirValue(value: unknown): string | undefined {
  if (typeof value === 'string') return textForm(value);
  if (typeof value === 'number') return numberForm([value]);
  if (ArrayBuffer.isView(value)) return numberForm([...(value as Uint8Array)]);
  if (Array.isArray(value) && value.every((one) => typeof one === 'number')) return numberForm(value);
  return undefined;
}

/** Text up to the first NUL without blanks around it, in plain ASCII only: the readers decode other characters differently. */
function textForm(text: string): string | undefined {
  const plain = text.replace(/\0[\s\S]*$/, '').trim();
  return /^[\x20-\x7e]*$/.test(plain) ? plain : undefined;
}

function numberForm(numbers: readonly number[]): string | undefined {
  if (numbers.length === 0 || numbers.length > 64 || !numbers.every(Number.isFinite)) return undefined;
  return numbers.map((number) => String(Number(number.toPrecision(6)))).join(' ');
}
