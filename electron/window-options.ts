import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import { webPreferences } from './security.ts';

/** A session without `persist:` lives in memory. */
export const sessionName = 'assay';

/** The window with its page's rights. `preload` is the path of the one built preload file. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Assay',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    // The dark theme's page, so that nothing flashes.
    backgroundColor: '#141414',
    autoHideMenuBar: true,
    webPreferences: { ...webPreferences, partition: sessionName, preload },
  };
}

/** No menu but on macOS, where the clipboard's keys are menu items. */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] | null {
  return platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null;
}
