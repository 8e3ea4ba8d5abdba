import { parseRational, type Rational } from '../base/rational.ts';
import { parseCompact, type CompactSection } from '../tools/parse-compact.ts';
import type { Probe, ProbedStream } from './exhibit-media.ts';

const streamTypes = ['video', 'audio', 'subtitle', 'data', 'attachment'] as const;
type Printed = Record<string, string | number>;

/** Reads what ffprobe printed of a file's format and streams. Missing parts become null or absent, never an error. */
export function readProbe(text: string, messages: readonly string[]): Probe {
  const sections = parseCompact(text);
  const format = sections.find(({ name }) => name === 'format')?.fields ?? {};
  return {
    formatName: format['format_name'] ?? 'unknown',
    durationMs: milliseconds(format['duration']),
    startMs: milliseconds(format['start_time']),
    bitRate: numberOf(format['bit_rate']),
    tags: tagsOf(format),
    printed: printedOf(format),
    streams: sections.filter(({ name }) => name === 'stream').map(readStream),
    messages,
  };
}

function readStream({ fields, sideData }: CompactSection, position: number): ProbedStream {
  const width = numberOf(fields['width']);
  const height = numberOf(fields['height']);
  const sampleRate = numberOf(fields['sample_rate']);
  const channels = numberOf(fields['channels']);
  const frameRate = rationalOf(fields['avg_frame_rate']);
  const rotation = rotationOf(fields, sideData);
  return {
    index: numberOf(fields['index']) ?? position,
    type: streamTypes.find((type) => type === fields['codec_type']) ?? 'unknown',
    codec: fields['codec_name'] ?? 'unknown',
    timeBase: rationalOf(fields['time_base']) ?? { num: 1, den: 1000 },
    startPts: numberOf(fields['start_pts']),
    durationTicks: numberOf(fields['duration_ts']),
    ...(width === null || width <= 0 ? {} : { width }),
    ...(height === null || height <= 0 ? {} : { height }),
    ...textField('pixelFormat', fields['pix_fmt']),
    ...(rotation === undefined ? {} : { rotationDeg: rotation }),
    ...(frameRate === undefined || frameRate.num === 0 ? {} : { averageFrameRate: frameRate }),
    ...(sampleRate === null || sampleRate <= 0 ? {} : { sampleRateHz: sampleRate }),
    ...(channels === null || channels <= 0 ? {} : { channels }),
    ...textField('channelLayout', fields['channel_layout']),
    attachedPicture: fields['disposition:attached_pic'] === '1' || fields['disposition:timed_thumbnails'] === '1',
    tags: tagsOf(fields),
    printed: printedOf(fields),
    sideData: sideData.map(printedOf),
  };
}

function textField<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === 'unknown' || value === 'N/A' ? {} : ({ [key]: value } as Record<K, string>);
}

/**
 * Degrees clockwise that a player turns the picture. ffprobe prints the display matrix's angle counter-clockwise; older files
 * and versions have a `rotate` tag, clockwise. A turn that is no multiple of 90° is left to the side data.
 */
function rotationOf(
  fields: Readonly<Record<string, string>>,
  sideData: readonly Readonly<Record<string, string>>[],
): number | undefined {
  const matrix = sideData.map((data) => numberOf(data['rotation'])).find((angle) => angle !== null);
  const tag = numberOf(fields['tag:rotate']);
  const clockwise = matrix === undefined ? tag : -matrix;
  if (clockwise === null || clockwise % 90 !== 0) return undefined;
  return ((clockwise % 360) + 360) % 360;
}

function tagsOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const tags = Object.entries(fields).filter(([key]) => key.startsWith('tag:'));
  return Object.fromEntries(tags.map(([key, value]) => [key.slice(4), value]));
}

/** FORENSIC: `filename` is where the copy lies on this machine, which is no property of the exhibit. */
function printedOf(fields: Readonly<Record<string, string>>): Printed {
  const kept = Object.entries(fields).filter(([key]) => key !== 'filename' && !key.startsWith('tag:'));
  return Object.fromEntries(kept.map(([key, value]) => [key, numericText.test(value) ? Number(value) : value]));
}

const numericText = /^(0|-?[1-9]\d{0,14})$/;

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function rationalOf(text: string | undefined): Rational | undefined {
  return text === undefined ? undefined : parseRational(text);
}

/** Seconds with microseconds, as printed, in ms; rounded to the microsecond that was printed. */
function milliseconds(text: string | undefined): number | null {
  const seconds = numberOf(text);
  return seconds === null ? null : Math.round(seconds * 1e6) / 1e3;
}
