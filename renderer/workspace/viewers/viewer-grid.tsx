import { useEffect, useMemo } from 'react';
import { useExaminations } from '../exhibit-queries.ts';
import { useLayout } from '../layout-store.ts';
import { GoToFrame } from './go-to-frame.tsx';
import { createLoaders, LoadersProvider } from './loaders.ts';
import { useViewerCommands } from './viewer-commands.ts';
import { useTimeTakenApart } from './viewer-time.ts';
import { Viewer } from './viewer.tsx';
import './viewers.css';

/** One to four viewers, each an exhibit through a lens. */
export default function ViewerGrid({ folder, exhibit }: { folder: string; exhibit: string }) {
  const viewers = useLayout((state) => state.layout.viewers);
  const loaders = useMemo(() => createLoaders(folder), [folder]);
  useViewerCommands(loaders, exhibit);
  useTimeTakenApart();
  const inUse = useLayout(({ layout, active }) => layout.viewers[active]?.exhibit) ?? exhibit;
  const examined = useExaminations(folder, exhibit).data?.examinations.find(({ method }) => method === 'frames')?.key;
  useEffect(() => {
    if (examined !== undefined) loaders.times(exhibit).refresh();
  }, [loaders, exhibit, examined]);
  return (
    <LoadersProvider value={loaders}>
      <div className={`viewer-grid viewer-grid-${viewers.length}`}>
        {viewers.map((choice, at) => (
          <Viewer key={at} at={at} folder={folder} exhibit={choice.exhibit ?? exhibit} choice={choice} />
        ))}
      </div>
      <GoToFrame exhibit={inUse} />
    </LoadersProvider>
  );
}
