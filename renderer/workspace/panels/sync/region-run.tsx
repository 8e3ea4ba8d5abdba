import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { examine } from '../../../../src/contract/operations.ts';
import { listExaminations } from '../../../../src/contract/window-operations.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { Progress } from '../../../parts/progress.tsx';
import { runJob } from '../../../state/jobs.ts';
import { useRegion } from '../../../state/region.ts';
import { useSession } from '../../../state/session.ts';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../../kept-examination.ts';
import { useSyncRun } from './sync-run.ts';
import { useMethods, useRunningExamination } from '../parts/use-methods.ts';

interface RegionRunProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly method: string;
  readonly examination: KeptExamination;
}

/** The face or mouth as the analyst marks it: the region goes to the method's parameter, and the method measures again. */
export function RegionRun({ folder, exhibit, method, examination }: RegionRunProps) {
  const text = useText();
  const queries = useQueryClient();
  const methods = useMethods();
  const region = useRegion((state) => (state.region?.exhibit === exhibit ? state.region : null));
  const readOnly = useSession((state) => state.readOnly);
  const [error, setError] = useState<unknown>(null);
  const running = useRunningExamination(exhibit);
  const properties = methods.data?.methods.find(({ id }) => id === method)?.parameters['properties'];
  // A version of the method that takes no region has nothing to offer here.
  if (typeof properties !== 'object' || properties === null || !('region' in properties)) return null;
  const run = (settings: Record<string, unknown>): void => {
    setError(null);
    runJob(examine, { folder, exhibits: [exhibit], methods: [method], settings }, { subject: exhibit })
      .then(({ exhibits }) => {
        const key = exhibits[0]?.examinations.find((one) => one.method === method)?.key;
        // The panel shows what was just measured, also where it had been measured before.
        if (key !== undefined) useSyncRun.setState({ key });
      })
      .catch(setError)
      .finally(() => void queries.invalidateQueries({ queryKey: [listExaminations.name] }));
  };
  const { region: used, content } = examination.parameters;
  const isSkipped = content === 'skip';
  return (
    <div className="sync-region">
      <p className="muted">
        {text(region === null ? 'window/sync:region.how' : 'window/sync:region.marked', { ...region })}
      </p>
      <span className="sync-steps">
        {region === null && (
          <Button onClick={() => useRegion.getState().setChoosing(true)}>{text('window/sync:region.mark')}</Button>
        )}
        <Button
          disabled={readOnly || region === null || running !== undefined}
          onClick={() => {
            if (region === null) return;
            const { x, y, width, height } = region;
            run({ [`${method}.region`]: { x, y, width, height } });
          }}
        >
          {text('window/sync:region.run')}
        </Button>
        {(isSkipped || (used !== undefined && used !== null)) && (
          <Button quiet={!isSkipped} disabled={readOnly || running !== undefined} onClick={() => run({})}>
            {text(`window/sync:region.${isSkipped ? 'measure' : 'proposed'}`)}
          </Button>
        )}
      </span>
      {running !== undefined && <Progress job={running} />}
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
    </div>
  );
}
