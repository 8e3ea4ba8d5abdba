import type { ProgressEvent } from '../base/progress.ts';

/** Where the display writes: a terminal that can be rewritten, or a stream that only grows. */
export interface DisplayTarget {
  readonly isTerminal: boolean;
  readonly columns: () => number;
  write(text: string): void;
}

interface Line {
  readonly key: string;
  readonly startedAtMs: number;
  latest: ProgressEvent;
}

const barWidth = 24;
const redrawEveryMs = 100;

/** Time left from the share done so far, in ms; undefined before anything is known. */
export function estimateLeftMs(elapsedMs: number, done: number, total: number | undefined): number | undefined {
  if (total === undefined || done <= 0 || total <= 0) return undefined;
  return Math.max(0, (elapsedMs / done) * (total - done));
}

/** `0:14`, `12:03`, `1:02:03`. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * Shows long work as one bar per stage with its share and an estimate on a terminal, and as one line per finished
 * stage elsewhere. `label` gives a stage its words.
 */
export class ProgressDisplay {
  readonly #target: DisplayTarget;
  readonly #now: () => number;
  readonly #label: (stage: string) => string;
  readonly #left: (clock: string) => string;
  readonly #lines = new Map<string, Line>();
  #drawn = 0;
  #drawnAtMs = -Infinity;

  constructor(
    target: DisplayTarget,
    words: { label: (stage: string) => string; left: (clock: string) => string },
    now: () => number,
  ) {
    this.#target = target;
    this.#label = words.label;
    this.#left = words.left;
    this.#now = now;
  }

  readonly report = (event: ProgressEvent): void => {
    const key = `${event.stage} ${event.subject ?? ''}`;
    const line = this.#lines.get(key) ?? { key, startedAtMs: this.#now(), latest: event };
    line.latest = event;
    this.#lines.set(key, line);
    if (event.total !== undefined && event.done >= event.total) this.#finish(line);
    else if (this.#target.isTerminal && this.#now() - this.#drawnAtMs >= redrawEveryMs) this.#redraw();
  };

  /** Writes a line above the bars. */
  say(text: string): void {
    this.#clear();
    this.#target.write(`${text}\n`);
    if (this.#target.isTerminal) this.#redraw();
  }

  /** Takes the bars away; call it when the work is over, however it ended. */
  end(): void {
    this.#clear();
    this.#lines.clear();
  }

  #finish(line: Line): void {
    this.#clear();
    this.#lines.delete(line.key);
    const took = clockText(this.#now() - line.startedAtMs);
    this.#target.write(`${this.#title(line.latest)}  ${took}\n`);
    if (this.#target.isTerminal) this.#redraw();
  }

  #title({ stage, subject }: ProgressEvent): string {
    return subject === undefined ? this.#label(stage) : `${subject} ${this.#label(stage)}`;
  }

  #clear(): void {
    if (this.#drawn > 0) this.#target.write(`\x1b[${String(this.#drawn)}A\x1b[0J`);
    this.#drawn = 0;
  }

  #redraw(): void {
    this.#clear();
    for (const line of this.#lines.values()) this.#target.write(`${this.#bar(line)}\n`);
    this.#drawn = this.#lines.size;
    this.#drawnAtMs = this.#now();
  }

  #bar(line: Line): string {
    const { done, total } = line.latest;
    const title = this.#title(line.latest);
    const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
    const left = estimateLeftMs(this.#now() - line.startedAtMs, done, total);
    const filled = Math.round((share ?? 0) * barWidth);
    const bar = share === undefined ? '·'.repeat(barWidth) : '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    const percent = share === undefined ? '' : ` ${String(Math.floor(share * 100)).padStart(3)} %`;
    const estimate = left === undefined ? '' : `  ${this.#left(clockText(left))}`;
    return `${bar}${percent}  ${title}${estimate}`.slice(0, Math.max(20, this.#target.columns() - 1));
  }
}
