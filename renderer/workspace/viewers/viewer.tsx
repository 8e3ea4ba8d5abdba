import { useEffect, useState } from 'react';
import { visibleText } from '../../../src/base/visible-text.ts';
import { Empty, Failed } from '../../parts/states.tsx';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../text/text-context.tsx';
import { useOverview } from '../exhibit-queries.ts';
import type { ViewerChoice } from '../layout.ts';
import { useLayout } from '../layout-store.ts';
import { lookOf, useLook } from './look-store.ts';
import { useLoaders } from './loaders.ts';
import { PictureCanvas } from './picture-canvas.tsx';
import { showPicture, type Look, type Size } from './picture-geometry.ts';
import type { Shown } from './shown.ts';
import { useShown } from './use-shown.ts';
import { ViewerFoot } from './viewer-foot.tsx';
import { ViewerHead } from './viewer-head.tsx';
import { ViewerNote } from './viewer-note.tsx';
import { useViewerMs } from './viewer-time.ts';

interface ViewerProps {
  readonly at: number;
  readonly folder: string;
  readonly exhibit: string;
  readonly choice: ViewerChoice;
}

/** How long the cursor rests before the stored pixels are fetched for reading them: stepping must not wait for them. */
const restMs = 250;

/** One exhibit through one lens. */
export function Viewer({ at, folder, exhibit, choice }: ViewerProps) {
  const text = useText();
  const loaders = useLoaders();
  const overview = useOverview(folder, exhibit);
  const { active, activate, layout } = useLayout();
  const surround = useSettings((state) => state.settings.surround);
  const [canvas, setCanvas] = useState<Size>({ width: 0, height: 0 });
  const look = useLook((state) => lookOf(state, at));
  const isPointedAt = useLook(
    ({ pointer, linked, loupe }) => loupe || (pointer !== null && (linked || pointer.viewer === at)),
  );
  const isResting = useResting(useViewerMs(at));
  const shown = useShown({
    ...{ folder, exhibit, viewer: at, lens: choice.lens, look, canvas },
    exact: isPointedAt && isResting,
  });
  const several = layout.viewers.length > 1;
  const kind = overview.data?.kind;
  const again = (): void => {
    loaders.pictures.retry();
    loaders.lenses.retry();
    loaders.times(exhibit).retry();
  };
  return (
    <section
      className={`viewer${several && active === at ? ' viewer-active' : ''}`}
      aria-label={text('window/viewers:viewer', { letter: letterOf(at), exhibit })}
      onPointerDownCapture={() => activate(at)}
      onFocusCapture={() => activate(at)}
      data-frame={shown?.frame?.index}
      data-busy={shown?.busy}
    >
      <ViewerHead {...{ at, folder, exhibit, choice }} closable={several} />
      {shown?.note !== undefined && <ViewerNote {...{ folder, exhibit }} lens={choice.lens} note={shown.note} />}
      <div className={`viewer-stage viewer-stage-${surround}`}>
        {overview.isError ? (
          <Failed error={overview.error} again={() => void overview.refetch()} />
        ) : kind === 'sound' ? (
          <Empty>{text('window/viewers:soundOnly')}</Empty>
        ) : kind === 'other' ? (
          <Empty>{text('window/viewers:noPicture', { name: visibleText(overview.data?.exhibit.name ?? '') })}</Empty>
        ) : (
          <>
            <PictureCanvas {...{ at, exhibit, shown, look }} size={canvas} onSize={setCanvas} />
            {shown?.error !== undefined && (
              <div className="viewer-over">
                {shown.error.cause === undefined ? (
                  <Empty>{text('window/viewers:noFrame')}</Empty>
                ) : (
                  <Failed error={shown.error.cause} again={again} />
                )}
              </div>
            )}
            {shown?.busy !== false && shown?.error === undefined && (
              <progress className="viewer-busy" aria-label={text('window/viewers:busy')} />
            )}
          </>
        )}
      </div>
      {shown !== undefined && <ViewerFoot {...{ at, exhibit, shown }} scale={scaleOf(shown, canvas, look)} />}
    </section>
  );
}

function scaleOf({ picture, orientation }: Shown, canvas: Size, look: Look): number {
  return canvas.width === 0 ? 0 : showPicture(picture, orientation, canvas, look).scale;
}

/** True when the cursor has not moved for a while. */
function useResting(cursorMs: number): boolean {
  const [rested, setRested] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(cursorMs), restMs);
    return () => clearTimeout(timer);
  }, [cursorMs]);
  return rested === cursorMs;
}

export function letterOf(at: number): string {
  return 'ABCD'[at] ?? '';
}
