import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { examine } from '../../../src/contract/operations.ts';
import { listExaminations } from '../../../src/contract/window-operations.ts';
import { Button } from '../../parts/button.tsx';
import { errorText } from '../../parts/error-text.ts';
import { Progress } from '../../parts/progress.tsx';
import { runJob } from '../../state/jobs.ts';
import { useSession } from '../../state/session.ts';
import { useTime } from '../../state/time.ts';
import { useText } from '../../text/text-context.tsx';
import type { LensChoice } from '../layout.ts';
import { useRunningExamination } from '../panels/parts/use-methods.ts';
import { useLoaders } from './loaders.ts';
import type { Shown } from './shown.ts';

interface ViewerNoteProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly lens: LensChoice;
  readonly note: NonNullable<Shown['note']>;
}

/** Why a lens shows nothing here, and what would make it show something. It stands above the picture, never over it. */
export function ViewerNote({ folder, exhibit, lens, note }: ViewerNoteProps) {
  const text = useText();
  if (note.key === 'map.none' && lens.kind === 'map')
    return <MeasureMap key={`${exhibit} ${lens.method}`} {...{ folder, exhibit }} method={lens.method} />;
  return (
    <div className="viewer-note" role="note">
      <p>{text(`window/viewers:${note.key}`, note.values ?? {})}</p>
      <FrameButtons exhibit={exhibit} frames={note.frames ?? []} />
    </div>
  );
}

const mostFrames = 12;

function FrameButtons({ exhibit, frames }: { exhibit: string; frames: readonly number[] }) {
  const times = useLoaders().times(exhibit);
  return frames.slice(0, mostFrames).map((frame) => (
    <button
      key={frame}
      type="button"
      className="button mono"
      onClick={() => {
        const known = times.at(frame);
        if (known !== undefined) useTime.getState().moveTo(known.timeMs);
      }}
    >
      #{frame}
    </button>
  ));
}

/** No map is kept yet: the method can be run from here. */
function MeasureMap({ folder, exhibit, method }: { folder: string; exhibit: string; method: string }) {
  const text = useText();
  const queries = useQueryClient();
  const readOnly = useSession((state) => state.readOnly);
  const running = useRunningExamination(exhibit);
  const [outcome, setOutcome] = useState<{ readonly error?: unknown } | null>(null);
  const measure = (): void => {
    setOutcome(null);
    runJob(examine, { folder, exhibits: [exhibit], methods: [method] }, { subject: exhibit, showsError: true })
      .then(() => setOutcome({}))
      .catch((error: unknown) => setOutcome({ error }))
      .finally(() => void queries.invalidateQueries({ queryKey: [listExaminations.name] }));
  };
  const title = text(`methods/${method}:title`);
  if (running !== undefined)
    return (
      <div className="viewer-note" role="note">
        <Progress job={running} />
      </div>
    );
  if (outcome !== null && outcome.error === undefined)
    return (
      <div className="viewer-note" role="note">
        <p>{text('window/viewers:map.notMade', { method: title })}</p>
      </div>
    );
  return (
    <div className="viewer-note" role="note">
      <p>{text('window/viewers:map.none', { method: title })}</p>
      <Button primary disabled={readOnly} onClick={measure}>
        {text('window/viewers:map.measure')}
      </Button>
      {outcome?.error !== undefined && (
        <p role="alert" className="field-error">
          {errorText(text, outcome.error)}
        </p>
      )}
    </div>
  );
}
