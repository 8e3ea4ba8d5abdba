import { visibleText } from '../../../../src/base/visible-text.ts';
import { formatClock } from '../../../../src/base/format-time.ts';
import { formatMeasure } from '../../../../src/base/format-measure.ts';
import { judge } from '../../../judge/undo.ts';
import { notesOf, useNotes, useThreads } from '../../../judge/use-judgement.ts';
import { Button } from '../../../parts/button.tsx';
import { useSession } from '../../../state/session.ts';
import { useTime } from '../../../state/time.ts';
import { useText } from '../../../text/text-context.tsx';
import { goTo } from '../../axis/axis-commands.ts';

/** What was read by hand of this exhibit, beside what was measured; each leads back to where it was read. */
export function HandReadings({ folder, exhibit }: { folder: string; exhibit: string }) {
  const text = useText();
  const { notes } = useNotes(folder);
  const readOnly = useSession((state) => state.readOnly);
  const threadOf = useThreads();
  const readings = notesOf(notes, 'hand-reading').filter(({ body }) => body.exhibit === exhibit);
  if (readings.length === 0) return null;
  return (
    <section className="sync-readings" aria-labelledby="sync-readings">
      <h4 id="sync-readings">{text('window/sync:readings.title')}</h4>
      <ul>
        {readings.map((note) => {
          const { audioLeadMs, startMs, words } = note.body;
          return (
            <li key={threadOf(note)} className="sync-reading">
              <span className="sync-number mono">
                {formatMeasure(text, 'audioLeadMs', { value: audioLeadMs, unit: 'ms' })}
              </span>
              <p className="muted">{visibleText(words)}</p>
              <span className="sync-reading-foot">
                <Button
                  quiet
                  onClick={() => {
                    goTo(startMs);
                    useTime.getState().shiftSound(-audioLeadMs);
                  }}
                  title={text('window/sync:readings.show')}
                >
                  <span className="mono">{formatClock(startMs)}</span>
                </Button>
                <span className="faint">{visibleText(note.actor)}</span>
                <Button quiet disabled={readOnly} onClick={() => void judge(folder, null, note).catch(() => undefined)}>
                  {text('window/sync:readings.withdraw')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
