import { create } from 'zustand';
import { useEffect } from 'react';
import { useCommands, type Command } from '../state/commands.ts';
import { leaveCase } from '../state/open-folder.ts';
import { useSession } from '../state/session.ts';
import { useSettings } from '../state/settings.ts';

/** Which sheet lies over the window. */
export const useOverlay = create<{ palette: boolean; shortcuts: boolean }>()(() => ({
  palette: false,
  shortcuts: false,
}));

const hasCase = (): boolean => useSession.getState().openedCase !== null;

const commands: readonly Command[] = [
  { id: 'palette', keys: ['Ctrl+k'], group: 'window', run: () => useOverlay.setState({ palette: true }) },
  { id: 'shortcuts', keys: ['?'], group: 'window', run: () => useOverlay.setState({ shortcuts: true }) },
  {
    id: 'theme',
    keys: [],
    group: 'window',
    run: () => {
      const { settings, change } = useSettings.getState();
      change({ theme: settings.theme === 'dark' ? 'light' : 'dark' });
    },
  },
  {
    id: 'workspace',
    keys: ['Ctrl+1'],
    group: 'window',
    enabled: hasCase,
    run: () => useSession.getState().show('workspace'),
  },
  {
    id: 'report',
    keys: ['Ctrl+2'],
    group: 'window',
    enabled: hasCase,
    run: () => useSession.getState().show('report'),
  },
  { id: 'verify', keys: ['Ctrl+3'], group: 'window', run: () => useSession.getState().show('verify') },
  { id: 'closeCase', keys: [], group: 'file', enabled: hasCase, run: () => void leaveCase() },
];

/** Commands that are there in every view. */
export function useWindowCommands(): void {
  useEffect(() => useCommands.getState().add(commands), []);
}
