import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useText } from '../../text/text-context.tsx';
import { useLoaders, useVersion } from './loaders.ts';
import { useLook } from './look-store.ts';
import { goToFrame } from './step-frames.ts';

/** Asks for a frame's number and goes there. */
export function GoToFrame({ exhibit }: { exhibit: string }) {
  const text = useText();
  const open = useLook((state) => state.goingToFrame);
  const times = useLoaders().times(exhibit);
  useVersion(times);
  const [wanted, setWanted] = useState('');
  const last = (times.total ?? 1) - 1;
  const number = /^\d+$/.test(wanted) ? Number(wanted) : undefined;
  const exists = number !== undefined && number <= last;
  const close = (): void => {
    useLook.getState().goToFrame(false);
    setWanted('');
  };
  const go = (): void => {
    if (!exists) return;
    goToFrame(times, number);
    close();
  };
  return (
    <Sheet
      open={open}
      title={text('window/viewers:goToFrame.title')}
      onClose={close}
      actions={
        <Button primary disabled={!exists} onClick={go}>
          {text('window/viewers:goToFrame.go')}
        </Button>
      }
    >
      <form
        className="field"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <label htmlFor="go-to-frame">{text('window/viewers:goToFrame.number', { last })}</label>
        <input
          id="go-to-frame"
          className="input mono"
          inputMode="numeric"
          value={wanted}
          aria-invalid={wanted !== '' && !exists}
          onChange={(event) => setWanted(event.target.value.trim())}
        />
      </form>
    </Sheet>
  );
}
