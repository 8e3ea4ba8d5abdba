import { useState } from 'react';
import { demo } from '../../src/contract/operations.ts';
import { listFiles } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { below } from '../intake/path-parts.ts';
import { Failed } from '../parts/states.tsx';
import { runJob, useJobs } from '../state/jobs.ts';
import { openFolder } from '../state/open-folder.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';
import { useText } from '../text/text-context.tsx';
import { StartAction } from './start-action.tsx';
import type { StartState } from './start-view.tsx';

/** Makes evidence out of nothing, does the whole job on it, and opens the case; opens it at once where it is there already. */
export function SampleAction({ start }: { start: StartState }) {
  const text = useText();
  const [error, setError] = useState<unknown>(null);
  const running = useJobs(({ jobs }) =>
    [...jobs.values()].some(({ operation, state }) => operation === demo.name && state === 'running'),
  );
  const run = async (): Promise<void> => {
    setError(null);
    try {
      const folder = below(start.sampleFolder, 'case');
      const there = await call(listFiles, { path: folder });
      if (there.entries.some(({ name }) => name === 'case.json')) {
        await openFolder(folder);
        return;
      }
      const input = { folder: start.sampleFolder, title: text('cli:demo.title'), source: text('cli:demo.source') };
      const { identity } = start;
      const first = identity === null || identity.practice ? undefined : { name: identity.name };
      const made = await withPassphrase(
        'seal',
        (given) => runJob(demo, { ...input, ...given }, { showsError: true }),
        first,
      );
      await openFolder(made.case.folder);
    } catch (failure) {
      if (!isCancelled(failure)) setError(failure);
    }
  };
  return (
    <StartAction id={running ? 'sampleRunning' : 'sample'} busy={running} onClick={() => void run()}>
      {error !== null && <Failed error={error} again={() => void run()} />}
    </StartAction>
  );
}
