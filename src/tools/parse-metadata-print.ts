/** What a metadata filter printed for one frame: its presentation time in ticks (null: none) and the entries below it. */
export interface PrintedFrame {
  readonly pts: number | null;
  readonly ptsSeconds: number | null;
  readonly entries: ReadonlyMap<string, string>;
}

/**
 * Gathers the lines of ffmpeg's `metadata` and `ametadata` filters (`frame:0 pts:512 pts_time:0.033` and below it
 * `key=value`) into frames. A frame is told when the next one begins, or at the end.
 */
export class MetadataPrintParser {
  readonly #take: (frame: PrintedFrame) => void;
  #frame: { pts: number | null; ptsSeconds: number | null; entries: Map<string, string> } | undefined;

  constructor(take: (frame: PrintedFrame) => void) {
    this.#take = take;
  }

  line(line: string): void {
    const times = parseFrameTime(line);
    if (times !== undefined) {
      this.end();
      this.#frame = { ...times, entries: new Map() };
      return;
    }
    const at = line.indexOf('=');
    if (at > 0) this.#frame?.entries.set(line.slice(0, at), line.slice(at + 1));
  }

  end(): void {
    if (this.#frame !== undefined) this.#take(this.#frame);
    this.#frame = undefined;
  }
}

/** The times of a line that begins a frame; undefined for other lines. */
export function parseFrameTime(line: string): { pts: number | null; ptsSeconds: number | null } | undefined {
  const match = /^frame:\d+ +pts:(-?\d+|NOPTS) +pts_time:(\S+)/.exec(line);
  if (!match) return undefined;
  const seconds = Number(match[2]);
  return { pts: match[1] === 'NOPTS' ? null : Number(match[1]), ptsSeconds: Number.isFinite(seconds) ? seconds : null };
}
