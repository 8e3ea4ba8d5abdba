import type { Marker } from './markers.ts';
import type { MarkedClip } from './otio.ts';

/** Colours that editors know in a locator. */
const colours: Readonly<Record<Marker['kind'], string>> = {
  bookmark: 'CYAN',
  inconsistent: 'RED',
  inconclusive: 'YELLOW',
  consistent: 'GREEN',
  information: 'BLUE',
  abstained: 'WHITE',
};

/** The usual rate where the exhibit's own is not known, or is none that a timecode can count. */
const usualRate = 25;
const mostEvents = 999;
const longestLine = 200;

/**
 * Time markers as an edit decision list (CMX 3600): an event a marker over the exhibit from its beginning, with a
 * locator. What lies before the beginning is put there. Timecode counts frames without dropping, at the exhibit's rate rounded to a whole number; the exact times
 * stand in the `.otio` beside it. A list numbers its events with three digits: what is beyond 999 is left out and said.
 */
export function cmx3600({ exhibit, name, frameRate, markers, sha256 }: MarkedClip): string {
  const rounded = Math.round(frameRate ?? usualRate);
  const rate = rounded >= 1 && rounded <= 240 ? rounded : usualRate;
  const code = (ms: number): string =>
    timecode(Math.max(0, Math.floor((ms * (frameRate ?? rate)) / 1000 + 1e-6)), rate);
  const lines = [`TITLE: ${line(`${exhibit} ${name}`)}`, 'FCM: NON-DROP FRAME', `* SHA-256: ${sha256}`, ''];
  for (const [index, marker] of markers.slice(0, mostEvents).entries()) {
    const from = code(marker.startMs);
    const to = code(Math.max(marker.endMs, marker.startMs + 1000 / (frameRate ?? rate)));
    lines.push(
      `${String(index + 1).padStart(3, '0')}  AX       V     C        ${from} ${to} ${from} ${to}`,
      `* FROM CLIP NAME: ${line(name)}`,
      `* LOC: ${from} ${colours[marker.kind].padEnd(7)} ${line(marker.name)}`,
      `* COMMENT: ${line(marker.words)}`,
      '',
    );
  }
  if (markers.length > mostEvents) lines.push(`* ${String(markers.length - mostEvents)} MORE IN THE OTIO FILE`, '');
  return `${lines.join('\r\n')}\r\n`;
}

/** `HH:MM:SS:FF` */
export function timecode(frame: number, rate: number): string {
  const seconds = Math.floor(frame / rate);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % rate];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** One line of text: a line end in a name would be another statement of the list. */
function line(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
  return Array.from(plain).slice(0, longestLine).join('');
}
