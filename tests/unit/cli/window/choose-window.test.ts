import { describe, expect, it } from 'vitest';
import { chooseWindow, type WindowSurroundings } from '../../../../src/cli/window/choose-window.ts';

const all = { electron: '/app/electron', browser: '/usr/bin/chromium', bubblewrap: '/usr/bin/bwrap' };

function around(more: Partial<WindowSurroundings> = {}): WindowSurroundings {
  return { programs: all, env: { DISPLAY: ':0' }, platform: 'linux', isRoot: false, ...more };
}

describe('chooseWindow', () => {
  it('takes Electron where its program is installed, and says so', () =>
    expect(chooseWindow(around())).toMatchObject({
      kind: 'electron',
      executable: '/app/electron',
      reason: 'electron-installed',
      notes: [],
    }));

  it('takes Chromium without a network where Electron is missing, and says so', () =>
    expect(chooseWindow(around({ programs: { ...all, electron: undefined } }))).toEqual({
      kind: 'chromium',
      executable: '/usr/bin/chromium',
      reason: 'electron-missing',
      bubblewrap: '/usr/bin/bwrap',
      wayland: false,
      notes: ['no-network'],
    }));

  it('takes what was asked for', () => {
    expect(chooseWindow(around(), 'chromium')).toMatchObject({ kind: 'chromium', reason: 'asked' });
    expect(chooseWindow(around(), 'electron')).toMatchObject({ kind: 'electron', reason: 'asked' });
  });

  it('never replaces the window that was asked for by the other', () => {
    const without = around({ programs: { ...all, electron: undefined } });
    expect(() => chooseWindow(without, 'electron')).toThrow(/electron-missing/);
    const noBrowser = around({ programs: { ...all, browser: undefined } });
    expect(() => chooseWindow(noBrowser, 'chromium')).toThrow(/browser-missing/);
  });

  it('says that neither is there', () =>
    expect(() =>
      chooseWindow(around({ programs: { electron: undefined, browser: undefined, bubblewrap: undefined } })),
    ).toThrow(/browser-missing/));

  it.each([{}, { DISPLAY: '' }, { DISPLAY: '', WAYLAND_DISPLAY: '' }])(
    'says that there is no display on Linux with %j',
    (env) => expect(() => chooseWindow(around({ env }))).toThrow(/no-display/),
  );

  it.each(['darwin', 'win32'] as const)('asks for no display variable on %s', (platform) =>
    expect(chooseWindow(around({ env: {}, platform }), 'chromium').notes).toEqual([]),
  );

  it('knows a display that is Wayland’s alone', () => {
    expect(chooseWindow(around({ env: { WAYLAND_DISPLAY: 'wayland-0' } }), 'chromium').wayland).toBe(true);
    const both = { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' };
    expect(chooseWindow(around({ env: both }), 'chromium').wayland).toBe(false);
  });

  it.each(['localhost:10.0', 'desk.example.org:0'])(
    'keeps the network for a display that is reached over it (%s), and says so',
    (DISPLAY) => {
      const choice = chooseWindow(around({ env: { DISPLAY } }), 'chromium');
      expect(choice).not.toHaveProperty('bubblewrap');
      expect(choice.notes).toEqual(['display-over-network']);
    },
  );

  it.each([':0', ':1.0', 'unix:0', '/private/tmp/x11:0'])('knows %s as a display of this machine', (DISPLAY) =>
    expect(chooseWindow(around({ env: { DISPLAY } }), 'chromium').notes).toEqual(['no-network']),
  );

  it('says that the browser keeps a network where bubblewrap is missing', () => {
    const choice = chooseWindow(around({ programs: { ...all, bubblewrap: undefined } }), 'chromium');
    expect(choice).not.toHaveProperty('bubblewrap');
    expect(choice.notes).toEqual(['network-namespace-missing']);
  });

  it('says as root, and only there, that the sandbox is off', () => {
    expect(chooseWindow(around({ isRoot: true })).notes).toEqual(['no-sandbox']);
    expect(chooseWindow(around({ isRoot: true }), 'chromium').notes).toEqual(['no-sandbox', 'no-network']);
    expect(chooseWindow(around(), 'chromium').notes).not.toContain('no-sandbox');
  });
});
