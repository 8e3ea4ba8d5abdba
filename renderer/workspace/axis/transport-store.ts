import { create } from 'zustand';

/** What gives the time while playing. */
export type PlayingClock = 'none' | 'sound' | 'wall';

interface TransportState {
  /** Speed of playing forward: 1 is real time. */
  readonly speed: number;
  readonly isSoundOn: boolean;
  /** Sound stream that is played; null: the exhibit's main one. */
  readonly stream: number | null;
  /** Dragging in a lane of the sound slides the sound against the picture. */
  readonly sliding: boolean;
  readonly clock: PlayingClock;
  /** Why sound is not heard though it is on; the words are `window/axis:sound.<reason>`. */
  readonly silence: 'none' | 'failed' | 'no-device' | 'too-fast' | 'backwards';
}

export const speeds = [0.1, 0.25, 0.5, 1] as const;

/** How playing is set up, and what drives it now. */
export const useTransport = create<TransportState>()(() => ({
  speed: 1,
  isSoundOn: true,
  stream: null,
  sliding: false,
  clock: 'none',
  silence: 'none',
}));
