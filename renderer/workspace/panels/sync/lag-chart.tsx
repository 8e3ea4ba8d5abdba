import { useQuery } from '@tanstack/react-query';
import type { SeriesArtefact, TableArtefact } from '../../../../src/base/artefact.ts';
import { formatNumber } from '../../../../src/base/format-number.ts';
import { seriesWindow } from '../../../../src/contract/window-operations.ts';
import { call } from '../../../api/call.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { numberIn, useTable } from '../parts/use-table.ts';
import { curvePoints, extentOf, type Extent } from './curve-geometry.ts';

const width = 320;
const height = 96;

/** A series that is no time axis, whole. */
export function useSeries(folder: string, exhibit: string, series: SeriesArtefact) {
  const input = { folder, exhibit, sha256: series.sha256, from: -1e9, to: 1e9, points: 4096 };
  return useQuery({
    queryKey: [seriesWindow.name, input],
    queryFn: ({ signal }) => call(seriesWindow, input, signal),
  });
}

interface ChartProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly series: SeriesArtefact;
  /** Words for what is drawn. */
  readonly title: string;
}

interface LagChartProps extends ChartProps {
  readonly bands: TableArtefact | null;
  /** What was measured, where something was. */
  readonly lag: { readonly ms: number; readonly lowestMs: number; readonly highestMs: number } | undefined;
  readonly handMs: number | undefined;
}

/** How well sound and lips fit over the lag: the curve with the bands of BT.1359, the measured lag and the one by hand. */
export function LagChart({ folder, exhibit, series, title, bands, lag, handMs }: LagChartProps) {
  const text = useText();
  const answer = useSeries(folder, exhibit, series);
  const table = useTable(folder, exhibit, bands);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const { axis, max } = answer.data;
  const across = extentOf(axis);
  const columns = max.map((column) => column.map((value) => value ?? NaN));
  const x = (ms: number): number => ((ms - across.low) / (across.high - across.low)) * width;
  const signed = (ms: number): string => formatNumber(Math.round(ms), text.language, { signed: true });
  const shown = (table.data?.rows ?? []).filter((row) => String(row[0]).startsWith('bt1359'));
  return (
    <figure className="sync-chart">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        {shown.map((row) => {
          const [ahead = 0, behind = 0] = [numberIn(row, 1), numberIn(row, 2)];
          const from = x(-Math.abs(behind));
          return (
            <rect
              key={String(row[0])}
              className="sync-chart-band"
              x={from}
              y={0}
              width={x(ahead) - from}
              height={height}
            />
          );
        })}
        {lag !== undefined && (
          <rect
            className="sync-chart-interval"
            x={x(lag.lowestMs)}
            y={0}
            width={Math.max(1, x(lag.highestMs) - x(lag.lowestMs))}
            height={height}
          />
        )}
        <line className="sync-chart-zero" x1={x(0)} x2={x(0)} y1={0} y2={height} />
        {columns.map((values, at) => (
          <polyline
            key={at}
            className={at === 0 ? 'sync-chart-curve' : 'sync-chart-beside'}
            // Each to its own scale: the strength of the whole and the correlation of one region are not of one kind.
            points={curvePoints(axis, values, { across, up: extentOf(values), width, height })}
          />
        ))}
        {lag !== undefined && <line className="sync-chart-lag" x1={x(lag.ms)} x2={x(lag.ms)} y1={0} y2={height} />}
        {handMs !== undefined && <line className="sync-chart-hand" x1={x(handMs)} x2={x(handMs)} y1={0} y2={height} />}
      </svg>
      <div className="sync-ends faint">
        <span className="mono">{signed(across.low)} ms</span>
        <span className="mono">{signed(across.high)} ms</span>
      </div>
      <figcaption className="muted">{title}</figcaption>
      <ul className="sync-legend faint">
        {series.columns.slice(1).map(({ id }, at) => (
          <li key={id} className={at === 0 ? 'sync-key-curve' : 'sync-key-beside'}>
            {text(`window/sync:chart.${id === 'correlation' ? 'region' : 'whole'}`)}
          </li>
        ))}
        <li className="sync-key-band">{text('window/sync:chart.bands')}</li>
        {lag !== undefined && <li className="sync-key-lag">{text('window/sync:chart.lag', { ms: signed(lag.ms) })}</li>}
        {handMs !== undefined && (
          <li className="sync-key-hand">{text('window/sync:chart.hand', { ms: signed(handMs) })}</li>
        )}
      </ul>
    </figure>
  );
}

interface NullChartProps extends ChartProps {
  /** Where the clip itself lies in the distribution. */
  readonly value: number | undefined;
}

/** What chance alone gives: how often each strength came out with the sound of other moments, and where this clip lies. */
export function NullChart({ folder, exhibit, series, title, value }: NullChartProps) {
  const text = useText();
  const answer = useSeries(folder, exhibit, series);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const { axis, max } = answer.data;
  const across = extentOf(value === undefined ? axis : [...axis, value]);
  const counts = (max[0] ?? []).map((count) => count ?? 0);
  const up: Extent = { low: 0, high: Math.max(1e-9, ...counts) };
  const x = (at: number): number => ((at - across.low) / (across.high - across.low)) * width;
  const bar = axis.length > 1 ? Math.abs(x(axis[1] ?? 0) - x(axis[0] ?? 0)) : 4;
  const number = (at: number): string => formatNumber(at, text.language, { decimals: 2 });
  return (
    <figure className="sync-chart">
      <svg viewBox={`0 0 ${width} 64`} preserveAspectRatio="none" role="img" aria-label={title}>
        {counts.map((count, i) => (
          <rect
            key={i}
            className="sync-chart-bar"
            x={x(axis[i] ?? 0)}
            y={64 * (1 - count / up.high)}
            width={Math.max(0.5, bar - 0.5)}
            height={(64 * count) / up.high}
          />
        ))}
        {value !== undefined && <line className="sync-chart-lag" x1={x(value)} x2={x(value)} y1={0} y2={64} />}
      </svg>
      <div className="sync-ends faint mono">
        <span>{number(across.low)}</span>
        <span>{number(across.high)}</span>
      </div>
      <figcaption className="muted">{title}</figcaption>
      {value !== undefined && (
        <ul className="sync-legend faint">
          <li className="sync-key-lag">{text('window/sync:chart.here', { value: number(value) })}</li>
        </ul>
      )}
    </figure>
  );
}
