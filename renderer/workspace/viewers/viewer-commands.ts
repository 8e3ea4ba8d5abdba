import { useEffect } from 'react';
import { useCommands, type Command } from '../../state/commands.ts';
import { useRegion } from '../../state/region.ts';
import { useSettings } from '../../state/settings.ts';
import { useLayout } from '../layout-store.ts';
import { mostViewers } from '../layout.ts';
import type { Loaders } from './loaders.ts';
import { lookOf, useLook } from './look-store.ts';
import { clampLook, fitted } from './picture-geometry.ts';
import { stepFrames, stepKeyFrames } from './step-frames.ts';
import { closeViewer } from './viewer-time.ts';

/** As far as keys zoom: far past any picture. */
const mostZoom = 512;

const surrounds = ['grey', 'black', 'white'] as const;

/** What can be done in the viewers, by key and by palette. */
export function useViewerCommands(loaders: Loaders, exhibit: string): void {
  useEffect(() => {
    // Stepping goes by the frames of the viewer that was used last.
    const times = () => {
      const { layout, active } = useLayout.getState();
      return loaders.times(layout.viewers[active]?.exhibit ?? exhibit);
    };
    return useCommands.getState().add([...timeCommands(times), ...lookCommands()]);
  }, [loaders, exhibit]);
}

function timeCommands(times: () => ReturnType<Loaders['times']>): Command[] {
  const group = 'time' as const;
  return [
    { id: 'frameBack', keys: ['ArrowLeft', ','], group, run: () => stepFrames(times(), -1) },
    { id: 'frameOn', keys: ['ArrowRight', '.'], group, run: () => stepFrames(times(), 1) },
    { id: 'keyFrameBack', keys: ['Shift+ArrowLeft', 'Ctrl+ArrowLeft'], group, run: () => stepKeyFrames(times(), -1) },
    { id: 'keyFrameOn', keys: ['Shift+ArrowRight', 'Ctrl+ArrowRight'], group, run: () => stepKeyFrames(times(), 1) },
    { id: 'goToFrame', keys: ['g'], group, run: () => useLook.getState().goToFrame(true) },
  ];
}

function lookCommands(): Command[] {
  const group = 'look' as const;
  const active = (): number => useLayout.getState().active;
  const zoom = (factor: number) => (): void => {
    const look = lookOf(useLook.getState(), active());
    useLook
      .getState()
      .look(active(), clampLook({ ...look, zoom: Math.min(Math.max(1, look.zoom * factor), mostZoom) }));
  };
  const pan = (x: number, y: number) => (): void => {
    const look = lookOf(useLook.getState(), active());
    const by = 0.1 / look.zoom;
    useLook.getState().look(active(), clampLook({ ...look, cx: look.cx + x * by, cy: look.cy + y * by }));
  };
  return [
    { id: 'zoomIn', keys: ['+', '='], group, run: zoom(1.5) },
    { id: 'zoomOut', keys: ['-'], group, run: zoom(1 / 1.5) },
    { id: 'zoomFit', keys: ['0', 'f'], group, run: () => useLook.getState().look(active(), fitted) },
    { id: 'panLeft', keys: ['Alt+ArrowLeft'], group, run: pan(-1, 0) },
    { id: 'panRight', keys: ['Alt+ArrowRight'], group, run: pan(1, 0) },
    { id: 'panUp', keys: ['Alt+ArrowUp'], group, run: pan(0, -1) },
    { id: 'panDown', keys: ['Alt+ArrowDown'], group, run: pan(0, 1) },
    { id: 'loupe', keys: ['z'], group, run: () => useLook.getState().setLoupe(!useLook.getState().loupe) },
    {
      id: 'linkViewers',
      keys: ['y'],
      group,
      run: () => useLook.getState().setLinked(!useLook.getState().linked, active()),
    },
    { id: 'region', keys: ['r'], group, run: () => useRegion.getState().setChoosing(!useRegion.getState().choosing) },
    {
      id: 'surround',
      keys: ['w'],
      group,
      run: () => {
        const { settings, change } = useSettings.getState();
        change({ surround: surrounds[(surrounds.indexOf(settings.surround) + 1) % surrounds.length] ?? 'grey' });
      },
    },
    {
      id: 'addViewer',
      keys: ['Alt+a'],
      group,
      enabled: () => useLayout.getState().layout.viewers.length < mostViewers,
      run: () => useLayout.getState().addViewer(),
    },
    {
      id: 'removeViewer',
      keys: ['Alt+x'],
      group,
      enabled: () => useLayout.getState().layout.viewers.length > 1,
      run: () => closeViewer(active()),
    },
  ];
}
