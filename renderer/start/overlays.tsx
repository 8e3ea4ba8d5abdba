import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listMethods } from '../../src/contract/operations.ts';
import { startState } from '../../src/contract/window-operations.ts';
import { DropLayer } from '../intake/drop-layer.tsx';
import { IntakeSheet } from '../intake/intake-sheet.tsx';
import { openIntake } from '../intake/use-intake.ts';
import { useJudging } from '../judge/use-judgement.ts';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useCommands } from '../state/commands.ts';
import { stopAndLeave, useOpening } from '../state/open-folder.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { OpenedNotice } from './opened-notice.tsx';
import { PassphraseSheet } from './passphrase-sheet.tsx';

/** What may lie over any view: the passphrase question, evidence coming in, leaving while something runs. */
export function Overlays() {
  useFreshAnswers();
  useEvidenceCommand();
  useJudging();
  return (
    <>
      <OpenedNotice />
      <IntakeSheet />
      <LeaveSheet />
      <PassphraseSheet />
      <DropLayer />
    </>
  );
}

/** Answers about a case end with it: another program may have changed it when it is opened again. */
function useFreshAnswers(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      useSession.subscribe(({ openedCase }, before) => {
        if (openedCase?.folder === before.openedCase?.folder) return;
        queries.removeQueries({
          predicate: ({ queryKey: [name] }) => name !== startState.name && name !== listMethods.name,
        });
        void queries.invalidateQueries({ queryKey: [startState.name] });
      }),
    [queries],
  );
}

function useEvidenceCommand(): void {
  useEffect(
    () =>
      useCommands.getState().add([
        {
          id: 'addEvidence',
          keys: ['Ctrl+o'],
          group: 'file',
          enabled: () => {
            const { openedCase, readOnly } = useSession.getState();
            return openedCase !== null && !readOnly;
          },
          run: () => openIntake(),
        },
      ]),
    [],
  );
}

function LeaveSheet() {
  const text = useText();
  const leaving = useOpening((state) => state.leaving);
  const stay = (): void => useOpening.setState({ leaving: false });
  return (
    <Sheet
      open={leaving}
      title={text('window/start:leave.title')}
      onClose={stay}
      actions={
        <>
          <Button onClick={() => void stopAndLeave()}>{text('window/start:leave.stop')}</Button>
          <Button primary onClick={stay}>
            {text('window/start:leave.stay')}
          </Button>
        </>
      }
    >
      <p>{text('window/start:leave.what')}</p>
    </Sheet>
  );
}
