import { formatNumber } from '../../../../src/base/format-number.ts';
import type { TableArtefact } from '../../../../src/base/artefact.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { numberIn, useTable } from '../parts/use-table.ts';
import { leadScale, percentOn } from './lead-scale.ts';

interface BandChartProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly bands: TableArtefact;
  readonly lead: { readonly ms: number; readonly lowestMs: number; readonly highestMs: number };
}

/** The measured lead with its interval in the published bands, drawn to one scale; where it stands is said in words too. */
export function BandChart({ folder, exhibit, bands, lead }: BandChartProps) {
  const text = useText();
  const table = useTable(folder, exhibit, bands);
  if (table.isError) return <Failed error={table.error} again={() => void table.refetch()} />;
  if (table.data === undefined) return <Busy stage="open" />;
  const scale = leadScale(lead.lowestMs, lead.highestMs);
  const at = (ms: number): string => `${percentOn(scale, ms)}%`;
  const signed = (ms: number): string => formatNumber(ms, text.language, { signed: true });
  return (
    <ul className="sync-bands" aria-label={text('window/sync:bands.label')}>
      {table.data.rows.map((row) => {
        const [id, , , position] = row;
        const [ahead = 0, behind = 0] = [numberIn(row, 1), numberIn(row, 2)];
        // The table writes what may be behind as a negative lead.
        const from = -Math.abs(behind);
        const name = text(`window/sync:bands.${String(id)}`);
        return (
          <li key={String(id)} className="sync-band">
            <span>{name}</span>
            <span className="muted">{text(`window/sync:position.${String(position)}`)}</span>
            <div className="sync-track" aria-hidden="true">
              <div
                className="sync-range"
                style={{ left: at(from), width: `${percentOn(scale, ahead) - percentOn(scale, from)}%` }}
              />
              <div className="sync-zero" style={{ left: at(0) }} />
              <div
                className="sync-interval"
                style={{
                  left: at(lead.lowestMs),
                  width: `${percentOn(scale, lead.highestMs) - percentOn(scale, lead.lowestMs)}%`,
                }}
              />
              <div className="sync-value" style={{ left: at(lead.ms) }} />
            </div>
            <span className="sync-limits mono faint">
              {text('window/sync:bands.limits', { from: signed(from), to: signed(ahead) })}
            </span>
          </li>
        );
      })}
      <li className="sync-ends faint">
        <span>{text('window/sync:bands.behind', { ms: signed(scale.lowestMs) })}</span>
        <span>{text('window/sync:bands.ahead', { ms: signed(scale.highestMs) })}</span>
      </li>
    </ul>
  );
}
