import { useEffect } from 'react';
import { nativeWindow } from '../../src/contract/native.ts';
import { useDrop } from '../state/drop.ts';
import { useSession, type SessionState } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { openIntake } from './use-intake.ts';

/** Files dropped anywhere on the window: what the view says, and evidence where it says nothing and a case is open. */
export function DropLayer() {
  const text = useText();
  const { over, target } = useDrop();
  const takesEvidence = useSession(isOpenForEvidence);
  useDropEvents();
  if (!over) return null;
  const words = target?.words ?? (takesEvidence ? 'window/intake:drop.evidence' : 'window/intake:drop.nowhere');
  return (
    <div className="drop-layer" role="status">
      <p>{text(words)}</p>
    </div>
  );
}

function isOpenForEvidence({ openedCase, readOnly }: SessionState): boolean {
  return openedCase !== null && !readOnly;
}

function useDropEvents(): void {
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      useDrop.setState({ over: true });
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) useDrop.setState({ over: false });
    };
    const onDrop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      // SECURITY: without this a page would go to the file that was dropped on it.
      event.preventDefault();
      useDrop.setState({ over: false });
      const native = nativeWindow();
      const files = [...(event.dataTransfer?.files ?? [])];
      const paths =
        native === undefined ? null : files.map((file) => native.pathOfFile(file)).filter((path) => path !== '');
      const { target } = useDrop.getState();
      if (target !== null) target.take({ paths });
      else if (isOpenForEvidence(useSession.getState())) openIntake(paths ?? [], paths === null);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
}
