import { describeFinding } from '../../../../src/base/describe-finding.ts';
import { formatMeasure } from '../../../../src/base/format-measure.ts';
import type { SeriesArtefact } from '../../../../src/base/artefact.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import type { PanelProps } from '../../panel-registry.ts';
import type { KeptExamination } from '../method-states.ts';
import { ExamineFirst } from '../parts/examine-first.tsx';
import { FactsTable } from '../parts/facts-table.tsx';
import { MethodReading } from '../parts/method-reading.tsx';
import { PlaceButtons } from '../parts/place-buttons.tsx';
import { tableOf, useExamination } from '../parts/use-table.ts';
import { soundFactsOf, soundStreamsOf, type SoundFacts } from './sound-facts.ts';
import { SpectrumPlot } from './spectrum-plot.tsx';
import '../panel.css';
import '../sync/sync.css';
import './sound.css';

const method = 'audio';

/** What was measured on each sound stream, in a dense table with its limits. */
export default function SoundPanel({ folder, exhibit }: PanelProps) {
  const text = useText();
  const { examination, ...answer } = useExamination(folder, exhibit, method);
  if (answer.isError) return <Failed error={answer.error} again={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Busy stage="open" />;
  const streams = examination === undefined ? [] : soundStreamsOf(examination);
  if (examination === undefined || streams.length === 0)
    return <ExamineFirst folder={folder} exhibit={exhibit} method={method} examination={examination} />;
  const limits = [...new Set(examination.findings.flatMap((finding) => finding.limits))];
  return (
    <div className="panel">
      <div className="panel-scroll">
        {streams.map((stream) => (
          <Stream key={stream} folder={folder} exhibit={exhibit} examination={examination} stream={stream} />
        ))}
        <section className="sync-section" aria-labelledby="sound-limits">
          <h3 id="sound-limits">{text('window/sound:limits')}</h3>
          <ul className="sound-limits muted">
            {limits.map((limit) => (
              <li key={limit}>{text(`methods/${method}:limits.${limit}`)}</li>
            ))}
          </ul>
          <MethodReading method={method} limits={[]} />
        </section>
      </div>
    </div>
  );
}

function Stream(props: { folder: string; exhibit: string; examination: KeptExamination; stream: number }) {
  const { folder, exhibit, examination, stream } = props;
  const text = useText();
  const facts = soundFactsOf(examination, stream);
  const codec = facts[0]?.finding.details['codec'];
  const spectrum = examination.artefacts.find(
    (one): one is SeriesArtefact => one.kind === 'series' && one.name === `average-spectrum-${stream}`,
  );
  const edge = facts.find(({ group }) => group === 'bandwidth')?.finding.measures['bandwidth']?.value;
  const channels = tableOf(examination, `channels-${stream}`);
  return (
    <section className="sync-section" aria-labelledby={`sound-stream-${stream}`}>
      <h3 id={`sound-stream-${stream}`}>
        {text('window/sound:stream', { stream, codec: typeof codec === 'string' ? visibleText(codec) : '' })}
      </h3>
      {spectrum !== undefined && (
        <SpectrumPlot
          folder={folder}
          exhibit={exhibit}
          spectrum={spectrum}
          edgeHz={typeof edge === 'number' ? edge : undefined}
        />
      )}
      <table className="facts">
        <caption className="visually-hidden">{text('window/sound:table', { stream })}</caption>
        {facts.map((group, i) => (
          <Group key={i} group={group} folder={folder} exhibit={exhibit} />
        ))}
      </table>
      {channels !== null && <FactsTable folder={folder} exhibit={exhibit} method={method} artefact={channels} />}
    </section>
  );
}

/** One finding as rows of the table, its sentence as what one reads when pointing at the heading. */
function Group({ group, folder, exhibit }: { group: SoundFacts; folder: string; exhibit: string }) {
  const text = useText();
  const { finding, facts } = group;
  const { observation, reason } = describeFinding(text, method, finding);
  const timed = finding.places.filter(({ startMs }) => startMs !== undefined);
  return (
    <tbody>
      <tr>
        <th colSpan={2} scope="rowgroup" className="sound-group" title={observation}>
          {text(`window/sound:groups.${group.group}`)}
          {facts.length === 0 && <span className="muted"> {reason ?? observation}</span>}
        </th>
      </tr>
      {facts.map(({ name, measure }) => (
        <tr key={name}>
          <th scope="row">{text(`methods/${method}:measures.${name}`)}</th>
          <td className="mono">{visibleText(formatMeasure(text, name, measure))}</td>
        </tr>
      ))}
      {timed.length > 0 && (
        <tr>
          <td colSpan={2} className="sound-places">
            <PlaceButtons folder={folder} exhibit={exhibit} places={timed} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
