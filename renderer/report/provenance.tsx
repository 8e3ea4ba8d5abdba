import { useState } from 'react';
import { visibleText } from '../../src/base/visible-text.ts';
import { ProvenanceChecklist } from '../judge/provenance-checklist.tsx';
import { Empty } from '../parts/states.tsx';
import { useSession, type ListedExhibit } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';

interface ProvenanceProps {
  readonly folder: string;
  readonly exhibits: readonly ListedExhibit[];
  readonly readOnly: boolean;
}

/** The provenance checklist of one exhibit after the other. */
export function Provenance({ folder, exhibits, readOnly }: ProvenanceProps) {
  const text = useText();
  const current = useSession((state) => state.exhibit);
  const [chosen, setChosen] = useState<string | null>(current);
  const shown = exhibits.find(({ id }) => id === chosen) ?? exhibits[0];
  if (shown === undefined) return <Empty>{text('window/report:coverage.noExhibits')}</Empty>;
  return (
    <>
      <label className="provenance-exhibit">
        {text('report:provenance.exhibit')}
        <select className="input" value={shown.id} onChange={({ target }) => setChosen(target.value)}>
          {exhibits.map(({ id, name }) => (
            <option key={id} value={id}>
              {id} · {visibleText(name)}
            </option>
          ))}
        </select>
      </label>
      <ProvenanceChecklist folder={folder} exhibit={shown.id} readOnly={readOnly} />
    </>
  );
}
