import { useEffect, useState } from 'react';
import { startState } from '../../src/contract/window-operations.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Busy, Failed } from '../parts/states.tsx';
import { useChoosePaths } from '../intake/choose-paths.tsx';
import { openFolder, useOpening } from '../state/open-folder.ts';
import { useDrop } from '../state/drop.ts';
import { useSession } from '../state/session.ts';
import { useSettings } from '../state/settings.ts';
import { useText } from '../text/text-context.tsx';
import { ImportBundleSheet } from './import-bundle-sheet.tsx';
import { IdentityFoot } from './identity-foot.tsx';
import { IdentityForm } from './identity-form.tsx';
import { NewCaseSheet } from './new-case-sheet.tsx';
import { OpenFailed } from './open-failed.tsx';
import { RecentCases } from './recent-cases.tsx';
import { SampleAction } from './sample-action.tsx';
import { StartAction } from './start-action.tsx';
import { takeDropped } from './take-dropped.ts';
import './start.css';

/** Where one begins: what to do at the left, recent cases at the right, who one is at the foot. */
export default function StartView() {
  const text = useText();
  const start = useAnswer(startState, {});
  const practiceAccepted = useSettings((state) => state.settings.practiceAccepted);
  const [making, setMaking] = useState(false);
  const { data } = start;
  if (start.isError) return <Failed error={start.error} again={() => void start.refetch()} />;
  if (data === undefined) return <Busy stage="open" />;
  const isFirst = data.identity === null && !practiceAccepted;
  return (
    <div className="start">
      <section className="start-do" aria-label={text('window/start:whatToDo')}>
        <h1>{text(isFirst || making ? 'window/start:identity.title' : 'window/start:title')}</h1>
        {isFirst || making ? (
          <IdentityForm start={data} first={isFirst} onDone={() => setMaking(false)} />
        ) : (
          <Actions start={data} />
        )}
      </section>
      <RecentCases recent={data.recent} />
      <IdentityFoot start={data} onMake={making || isFirst ? undefined : () => setMaking(true)} />
    </div>
  );
}

export type StartState = NonNullable<
  ReturnType<typeof useAnswer<typeof startState.input, typeof startState.output>>['data']
>;

function Actions({ start }: { start: StartState }) {
  const text = useText();
  const show = useSession((state) => state.show);
  const opening = useOpening((state) => state.folder);
  const [newCase, setNewCase] = useState<{ evidence: readonly string[] } | null>(null);
  const [bundle, setBundle] = useState<string | null>(null);
  const [ask, sheet] = useChoosePaths();
  useEffect(
    () =>
      useDrop
        .getState()
        .aim('window/start:drop', (dropped) => void takeDropped(dropped, (evidence) => setNewCase({ evidence }))),
    [],
  );
  return (
    <>
      <OpenFailed />
      <ul className="start-actions">
        <StartAction id="newCase" primary onClick={() => setNewCase({ evidence: [] })} />
        <StartAction
          id="openCase"
          busy={opening !== null}
          onClick={() =>
            ask({
              mode: 'folder',
              title: text('window/start:openCase.choose'),
              onChosen: ([folder]) => folder !== undefined && void openFolder(folder),
            })
          }
        />
        <StartAction id="verify" onClick={() => show('verify')} />
        <SampleAction start={start} />
        <StartAction id="openBundle" onClick={() => setBundle('')} />
        <StartAction id="startLab" notYet />
      </ul>
      {newCase !== null && <NewCaseSheet start={start} evidence={newCase.evidence} onClose={() => setNewCase(null)} />}
      {bundle !== null && <ImportBundleSheet path={bundle} onClose={() => setBundle(null)} />}
      {sheet}
    </>
  );
}
