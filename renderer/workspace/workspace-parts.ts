import { promptComponent } from '../parts/prompt-component.ts';
import { panels } from './panel-registry.ts';

export const TimeAxis = promptComponent(() => import('./axis/time-axis.tsx'));
export const ViewerGrid = promptComponent(() => import('./viewers/viewer-grid.tsx'));

/** Fetches the workspace's parts: first what every layout shows, then the panels, of which one is open. */
export async function fetchParts(): Promise<void> {
  await Promise.all([ViewerGrid.fetch(), TimeAxis.fetch()]);
  for (const { component } of panels) await component.fetch();
}
