import type { Span, TimeState } from '../../state/time.ts';
import { useTime } from '../../state/time.ts';
import type { PlayingSound, SoundTrack } from './sound-track.ts';
import { useTransport } from './transport-store.ts';

/** Where playing goes on after a moment: on, round the loop, or to an end. */
export function nextMoment(
  ms: number,
  rate: number,
  bounds: Span,
  isLooping: boolean,
): { kind: 'on' } | { kind: 'jump'; ms: number } | { kind: 'end'; ms: number } {
  const isOver = rate > 0 ? ms >= bounds.endMs : ms <= bounds.startMs;
  if (!isOver) return { kind: 'on' };
  const [from, to] = rate > 0 ? [bounds.startMs, bounds.endMs] : [bounds.endMs, bounds.startMs];
  return isLooping ? { kind: 'jump', ms: from } : { kind: 'end', ms: to };
}

/** The span that playing stays in: the selected one while it loops, else the whole exhibit. */
export function playingBounds({ looping, selected, whole }: Pick<TimeState, 'looping' | 'selected' | 'whole'>): Span {
  return looping && selected !== null && selected.endMs > selected.startMs ? selected : whole;
}

/** Sound is heard forward and no faster than it was. */
function canSound(rate: number): boolean {
  return rate > 0 && rate <= 1;
}

/** If the clock of the sound does not begin to run within this time, there is no device that plays it. */
const deviceTimeoutMs = 1500;

/**
 * Moves the cursor while the window plays. The clock is that of the sound where sound is heard, so that picture and sound stay
 * together; else the browser's. Whoever moves the cursor in between is followed.
 */
export class Playback {
  #track: SoundTrack | undefined;
  #frame: number | undefined;
  #sound: PlayingSound | undefined;
  /** Grows with every new start, so that sound that comes too late is not played. */
  #start = 0;
  #anchor = { ms: 0, atMs: 0, rate: 1 };
  #isWaiting = false;
  /** What was heard last, and since when it is that: a device that is taken away leaves its clock standing. */
  #heard = { ms: NaN, sinceMs: 0 };
  #lastMs = NaN;
  readonly #unsubscribe: (() => void)[];

  constructor() {
    this.#unsubscribe = [
      useTime.subscribe((now, before) => {
        if (now.playing && !before.playing) this.#begin(startingPlace(now));
        else if (!now.playing && before.playing) this.#stop();
        else if (now.playing && (now.rate !== before.rate || now.soundShiftMs !== before.soundShiftMs))
          this.#begin(now.cursorMs);
      }),
      useTransport.subscribe((now, before) => {
        if (now.isSoundOn !== before.isSoundOn && useTime.getState().playing) this.#begin(useTime.getState().cursorMs);
      }),
    ];
  }

  /** The sound to play; undefined where there is none. */
  setTrack(track: SoundTrack | undefined): void {
    this.#track = track;
    if (useTime.getState().playing) this.#begin(useTime.getState().cursorMs);
  }

  close(): void {
    this.#stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    if (useTime.getState().playing) useTime.getState().pause();
  }

  #begin(ms: number): void {
    this.#stop();
    const { rate, soundShiftMs, moveTo } = useTime.getState();
    const { isSoundOn } = useTransport.getState();
    const start = this.#start;
    moveTo(ms);
    this.#lastMs = useTime.getState().cursorMs;
    this.#anchor = { ms: this.#lastMs, atMs: performance.now(), rate };
    const track = isSoundOn && canSound(rate) ? this.#track : undefined;
    const muteReason = rate < 0 ? 'backwards' : 'too-fast';
    useTransport.setState({
      clock: 'wall',
      silence: isSoundOn && this.#track !== undefined && !canSound(rate) ? muteReason : 'none',
    });
    this.#isWaiting = track !== undefined;
    track?.play({ fromMs: this.#lastMs, rate, shiftMs: soundShiftMs }).then(
      (sound) => {
        if (start !== this.#start) sound.stop();
        else {
          this.#sound = sound;
          this.#isWaiting = false;
        }
      },
      () => {
        if (start === this.#start) this.#goOnWithout('failed');
      },
    );
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #stop(): void {
    this.#start += 1;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#sound?.stop();
    this.#sound = undefined;
    this.#isWaiting = false;
    useTransport.setState({ clock: 'none', silence: 'none' });
  }

  #goOnWithout(silence: 'failed' | 'no-device'): void {
    this.#sound?.stop();
    this.#sound = undefined;
    this.#isWaiting = false;
    this.#anchor = { ...this.#anchor, ms: useTime.getState().cursorMs, atMs: performance.now() };
    useTransport.setState({ clock: 'wall', silence });
  }

  #now(): number {
    const { ms, atMs, rate } = this.#anchor;
    if (this.#isWaiting || this.#sound !== undefined) {
      const heard = this.#sound?.position();
      if (heard !== undefined) {
        if (useTransport.getState().clock !== 'sound') useTransport.setState({ clock: 'sound' });
        if (heard !== this.#heard.ms) this.#heard = { ms: heard, sinceMs: performance.now() };
        else if (performance.now() - this.#heard.sinceMs > deviceTimeoutMs) this.#goOnWithout('no-device');
        return heard;
      }
      if (performance.now() - atMs > deviceTimeoutMs) this.#goOnWithout('no-device');
      return ms;
    }
    return ms + (performance.now() - atMs) * rate;
  }

  #tick(): void {
    const time = useTime.getState();
    if (!time.playing) return;
    if (time.cursorMs !== this.#lastMs) {
      // Someone else moved the cursor: play on from there.
      this.#begin(time.cursorMs);
      return;
    }
    const ms = this.#now();
    const next = nextMoment(ms, time.rate, playingBounds(time), time.looping);
    if (next.kind === 'jump') {
      this.#begin(next.ms);
      return;
    }
    time.moveTo(next.kind === 'end' ? next.ms : ms);
    this.#lastMs = useTime.getState().cursorMs;
    if (next.kind === 'end') {
      time.pause();
      return;
    }
    keepInView(this.#lastMs, time.rate);
    this.#frame = requestAnimationFrame(() => this.#tick());
  }
}

/** Playing begins where the cursor is; at an end, or outside the looped span, at the other end of it. */
function startingPlace(time: TimeState): number {
  const bounds = playingBounds(time);
  const { cursorMs, rate } = time;
  const nearlyMs = 1;
  if (rate > 0) return cursorMs >= bounds.endMs - nearlyMs || cursorMs < bounds.startMs ? bounds.startMs : cursorMs;
  return cursorMs <= bounds.startMs + nearlyMs || cursorMs > bounds.endMs ? bounds.endMs : cursorMs;
}

/** Turns the page when the cursor has left it. */
function keepInView(ms: number, rate: number): void {
  const { visible, look } = useTime.getState();
  if (ms >= visible.startMs && ms <= visible.endMs) return;
  const length = visible.endMs - visible.startMs;
  const startMs = rate > 0 ? ms : ms - length;
  look({ startMs, endMs: startMs + length });
}
