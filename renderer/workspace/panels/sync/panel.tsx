import type { SeriesArtefact } from '../../../../src/base/artefact.ts';
import { describeFinding } from '../../../../src/base/describe-finding.ts';
import { formatMeasure } from '../../../../src/base/format-measure.ts';
import type { ListedFinding } from '../../../../src/contract/examined.ts';
import { OutcomeMark } from '../../../parts/outcome-mark.tsx';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import type { KeptExamination } from '../../kept-examination.ts';
import { useExaminations, useOverview } from '../../exhibit-queries.ts';
import type { PanelProps } from '../../panel-registry.ts';
import { ExamineFirst } from '../parts/examine-first.tsx';
import { FactsTable } from '../parts/facts-table.tsx';
import { MethodReading } from '../parts/method-reading.tsx';
import { PlaceButtons } from '../parts/place-buttons.tsx';
import { tableOf } from '../parts/use-table.ts';
import { LagChart, NullChart } from './lag-chart.tsx';
import { notesOf, useNotes } from '../../../judge/use-judgement.ts';
import { RegionRun } from './region-run.tsx';
import { BandChart } from './band-chart.tsx';
import { HandReadings } from './hand-readings.tsx';
import { RunChoice } from './run-choice.tsx';
import { shownRun, useSyncRun } from './sync-run.ts';
import { HandReading } from './hand-reading.tsx';
import '../panel.css';
import './sync.css';

const method = 'av-sync';

/** How the file times its sound against its picture, what was not measured, and sound slid by hand. */
export default function SyncPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const answer = useExaminations(folder, exhibit);
  const chosen = useSyncRun((state) => state.key);
  const overview = useOverview(folder, exhibit);
  const { notes } = useNotes(folder);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const kept = answer.data.examinations.filter((one) => one.method === method);
  const examination = shownRun(kept, chosen);
  if (examination?.status !== 'completed')
    return <ExamineFirst folder={folder} exhibit={exhibit} method={method} examination={examination} />;
  const { findings } = examination;
  const lead = findings.find(({ code }) => code.startsWith('container-lead'));
  const content = findings.find(({ code }) => code.startsWith('content-lag'));
  const others = findings.filter((finding) => finding !== lead && finding !== content);
  const value = leadValue(lead);
  const lag = content?.outcome === 'abstained' ? undefined : leadValue(content);
  const beside = content ?? lead;
  const measured = beside === undefined ? undefined : { key: examination.key, index: findings.indexOf(beside) };
  const hand = notesOf(notes, 'hand-reading').findLast(({ body }) => body.exhibit === exhibit)?.body.audioLeadMs;
  const curve = seriesOf(examination, 'lag-curve');
  const chance = seriesOf(examination, 'null-distribution');
  const bands = tableOf(examination, 'published-bands');
  const streams = tableOf(examination, 'stream-timing');
  const rate = overview.data?.video?.framesPerSecond ?? null;
  return (
    <div className="panel">
      <div className="panel-scroll sync">
        <section className="sync-section" aria-labelledby="sync-container">
          <h3 id="sync-container">{text('window/sync:container')}</h3>
          {lead !== undefined && <FindingWords finding={lead} folder={folder} exhibit={exhibit} large />}
          {bands !== null && value !== undefined && (
            <BandChart folder={folder} exhibit={exhibit} bands={bands} lead={value} />
          )}
          <p className="sync-never">{text(`methods/${method}:limits.normal-sync-never-clears`)}</p>
        </section>
        <section className="sync-section" aria-labelledby="sync-content">
          <h3 id="sync-content">{text('window/sync:content')}</h3>
          <RunChoice kept={kept} shown={examination.key} />
          {content === undefined ? (
            <p className="muted">{text('window/sync:noContent')}</p>
          ) : (
            <FindingWords finding={content} folder={folder} exhibit={exhibit} large={content.outcome !== 'abstained'} />
          )}
          {curve !== undefined && (
            <LagChart
              {...{ folder, exhibit, bands, lag }}
              series={curve}
              title={text(`methods/${method}:artefacts.lag-curve`, curve.details)}
              handMs={hand}
            />
          )}
          {chance !== undefined && (
            <NullChart
              {...{ folder, exhibit }}
              series={chance}
              title={text(`methods/${method}:artefacts.null-distribution`, chance.details)}
              value={numberOf(content, 'score')}
            />
          )}
          <HandReadings folder={folder} exhibit={exhibit} />
          <RegionRun folder={folder} exhibit={exhibit} method={method} examination={examination} />
        </section>
        {overview.data?.sound !== null && (
          <HandReading {...{ folder, exhibit, measured }} frameMs={rate === null || rate <= 0 ? null : 1000 / rate} />
        )}
        {others.length > 0 && (
          <section className="sync-section" aria-labelledby="sync-others">
            <h3 id="sync-others">{text('window/sync:others')}</h3>
            {others.map((finding, i) => (
              <FindingWords key={i} finding={finding} folder={folder} exhibit={exhibit} />
            ))}
          </section>
        )}
        {streams !== null && (
          <section className="sync-section" aria-labelledby="sync-streams">
            <h3 id="sync-streams">{text(`methods/${method}:artefacts.stream-timing`)}</h3>
            <FactsTable folder={folder} exhibit={exhibit} method={method} artefact={streams} turned />
          </section>
        )}
        {(['edit-lists', 'stream-pairs'] as const).map((name) => {
          const table = tableOf(examination, name);
          return table === null ? null : (
            <details key={name} className="sync-section">
              <summary>{text(`methods/${method}:artefacts.${name}`)}</summary>
              <div
                className="facts-scroll"
                tabIndex={0}
                role="region"
                aria-label={text(`methods/${method}:artefacts.${name}`)}
              >
                <FactsTable folder={folder} exhibit={exhibit} method={method} artefact={table} />
              </div>
            </details>
          );
        })}
        <div className="sync-section">
          <MethodReading method={method} limits={lead?.limits ?? []} />
        </div>
      </div>
    </div>
  );
}

function leadValue(lead: ListedFinding | undefined): { ms: number; lowestMs: number; highestMs: number } | undefined {
  const [ms, lowestMs, highestMs] = ['audioLeadMs', 'leadLowest', 'leadHighest'].map((name) => numberOf(lead, name));
  return ms === undefined ? undefined : { ms, lowestMs: lowestMs ?? ms, highestMs: highestMs ?? ms };
}

function numberOf(finding: ListedFinding | undefined, name: string): number | undefined {
  const value = finding?.measures[name]?.value;
  return typeof value === 'number' ? value : undefined;
}

function seriesOf(examination: KeptExamination, title: string): SeriesArtefact | undefined {
  const found = examination.artefacts.find((one) => one.title === title);
  return found?.kind === 'series' ? found : undefined;
}

function FindingWords(props: { finding: ListedFinding; folder: string; exhibit: string; large?: boolean }) {
  const { finding, folder, exhibit, large = false } = props;
  const text = useText();
  const { observation, interpretation, reason } = describeFinding(text, method, finding);
  const lead = finding.measures['audioLeadMs'];
  return (
    <div className="sync-finding">
      <OutcomeMark outcome={finding.outcome} />
      {large && lead !== undefined && <p className="sync-number mono">{formatMeasure(text, 'audioLeadMs', lead)}</p>}
      <p>{observation}</p>
      {reason !== undefined && <p>{reason}</p>}
      {interpretation !== undefined && <p className="muted">{interpretation}</p>}
      <PlaceButtons folder={folder} exhibit={exhibit} places={finding.places} />
    </div>
  );
}
