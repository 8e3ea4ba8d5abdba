import { AssayError } from '../../base/errors.ts';
import type { WindowPrograms } from '../../workbench/window-programs.ts';

export const windowKinds = ['electron', 'chromium'] as const;
export type WindowKind = (typeof windowKinds)[number];

/** What the choice of a window stands on. */
export interface WindowSurroundings {
  readonly programs: WindowPrograms;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
}

/** Why this window: `cli:open.why.<reason>`. */
export type WindowReason = 'asked' | 'electron-installed' | 'electron-missing';

/** What the person is told beside it: `cli:open.notes.<note>`. */
export type WindowNote = 'no-sandbox' | 'no-network' | 'network-namespace-missing' | 'display-over-network';

export interface WindowChoice {
  readonly kind: WindowKind;
  readonly executable: string;
  readonly reason: WindowReason;
  /** Present where the browser is to run without any network interface. */
  readonly bubblewrap?: string;
  readonly wayland: boolean;
  readonly notes: readonly WindowNote[];
}

/**
 * Which program shows the window, and why. Electron where its program is installed, Chromium otherwise.
 *
 * @throws AssayError `no-display`, `electron-missing`, `browser-missing`
 */
export function chooseWindow(around: WindowSurroundings, wanted?: WindowKind): WindowChoice {
  const { programs, platform, isRoot } = around;
  const display = displayOf(around);
  if (display === 'none') throw new AssayError('no-display', {});
  const wayland = display === 'wayland';
  const rootNote: readonly WindowNote[] = isRoot ? ['no-sandbox'] : [];
  if (wanted !== 'chromium' && programs.electron !== undefined)
    return {
      kind: 'electron',
      executable: programs.electron,
      reason: wanted === undefined ? 'electron-installed' : 'asked',
      wayland,
      notes: rootNote,
    };
  if (wanted === 'electron') throw new AssayError('electron-missing', {});
  if (programs.browser === undefined) throw new AssayError('browser-missing', {});
  // A display that is itself reached over the network could not be reached from a namespace without one.
  const namespace = display === 'remote' ? undefined : programs.bubblewrap;
  return {
    kind: 'chromium',
    executable: programs.browser,
    reason: wanted === undefined ? 'electron-missing' : 'asked',
    ...(namespace === undefined ? {} : { bubblewrap: namespace }),
    wayland,
    notes: [...rootNote, ...(platform === 'linux' ? [networkNote(display, namespace)] : [])],
  };
}

type Display = 'system' | 'x11' | 'wayland' | 'remote' | 'none';

function displayOf({ env, platform }: WindowSurroundings): Display {
  if (platform !== 'linux') return 'system';
  const x11 = env['DISPLAY'] ?? '';
  if (x11 !== '') return /^(unix)?:|^\//.test(x11) ? 'x11' : 'remote';
  return (env['WAYLAND_DISPLAY'] ?? '') === '' ? 'none' : 'wayland';
}

function networkNote(display: Display, namespace: string | undefined): WindowNote {
  if (display === 'remote') return 'display-over-network';
  return namespace === undefined ? 'network-namespace-missing' : 'no-network';
}
