import type { ComponentType } from 'react';
import { promptComponent, type PromptComponent } from '../parts/prompt-component.ts';

/** What every panel of the column is given. */
export interface PanelProps {
  readonly folder: string;
  readonly exhibit: string;
}

/** One panel: its id (title `window:panels.<id>.title`) and its module, loaded when it is first shown or before. */
export interface PanelEntry {
  readonly id: string;
  readonly component: PromptComponent<PanelProps>;
}

const panel = (id: string, load: () => Promise<{ default: ComponentType<PanelProps> }>): PanelEntry => ({
  id,
  component: promptComponent(load),
});

/** The one list of panels, in the order of their tabs. */
export const panels: readonly PanelEntry[] = [
  panel('findings', () => import('./panels/findings/panel.tsx')),
  panel('metadata', () => import('./panels/metadata/panel.tsx')),
  panel('structure', () => import('./panels/structure/panel.tsx')),
  panel('methods', () => import('./panels/methods/panel.tsx')),
  panel('sync', () => import('./panels/sync/panel.tsx')),
  panel('sound', () => import('./panels/sound/panel.tsx')),
  panel('notes', () => import('./panels/notes/panel.tsx')),
];
