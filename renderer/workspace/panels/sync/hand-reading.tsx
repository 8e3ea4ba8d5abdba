import { useState } from 'react';
import { formatNumber } from '../../../../src/base/format-number.ts';
import { formatClock } from '../../../../src/base/format-time.ts';
import { judge } from '../../../judge/undo.ts';
import { Button } from '../../../parts/button.tsx';
import { errorText } from '../../../parts/error-text.ts';
import { useSession } from '../../../state/session.ts';
import { useTime } from '../../../state/time.ts';
import { useText } from '../../../text/text-context.tsx';
import { mostShiftMs } from '../../axis/use-axis-pointer.ts';
import { useTransport } from '../../axis/transport-store.ts';
import { leadByHand } from './lead-scale.ts';

const reachMs = mostShiftMs;

interface HandReadingProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly frameMs: number | null;
  /** The measured finding that the reading stands beside. */
  readonly measured: { readonly key: string; readonly index: number } | undefined;
}

/** Sound slid against picture by hand until the two fit, heard at once, and the reading kept beside the measured one. */
export function HandReading({ folder, exhibit, frameMs, measured }: HandReadingProps) {
  const text = useText();
  const { soundShiftMs, shiftSound } = useTime();
  const sliding = useTransport((state) => state.sliding);
  const readOnly = useSession((state) => state.readOnly);
  const [kept, setKept] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const number = (value: number): string => formatNumber(value, text.language, { signed: true });
  const { leadMs, side } = leadByHand(soundShiftMs);
  const frames =
    frameMs === null
      ? ''
      : text('window/sync:hand.frames', {
          frames: formatNumber(Math.abs(leadMs) / frameMs, text.language, { decimals: 1 }),
        });
  const reading = text(`window/sync:hand.${side}`, { ms: formatNumber(Math.abs(leadMs), text.language), frames });
  const set = (ms: number): void => {
    setKept(null);
    shiftSound(Math.round(Math.min(reachMs, Math.max(-reachMs, ms))));
  };
  const keep = (): void => {
    const { cursorMs, selected } = useTime.getState();
    const span = selected ?? { startMs: cursorMs };
    const words = text('window/sync:hand.words', { reading, ms: number(soundShiftMs), at: formatClock(span.startMs) });
    setError(null);
    const beside = measured === undefined ? {} : { measured };
    judge(folder, { kind: 'hand-reading', exhibit, audioLeadMs: leadMs, ...span, ...beside, words }).then(
      () => setKept(words),
      setError,
    );
  };
  return (
    <section className="sync-section" aria-labelledby="sync-hand">
      <h3 id="sync-hand">{text('window/sync:hand.title')}</h3>
      <p className="muted">{text('window/sync:hand.how')}</p>
      <div>
        <Button
          pressed={sliding}
          title={text('window/sync:hand.slideHelp')}
          onClick={() => useTransport.setState({ sliding: !sliding })}
        >
          {text('window/sync:hand.slide')}
        </Button>
      </div>
      <label className="sync-slider">
        <span className="visually-hidden">{text('window/sync:hand.slider')}</span>
        <input
          type="range"
          min={-reachMs}
          max={reachMs}
          step={1}
          value={soundShiftMs}
          aria-valuetext={text('window/sync:hand.value', { ms: number(soundShiftMs) })}
          onChange={(event) => set(Number(event.target.value))}
        />
        <output className="mono">{text('window/sync:hand.value', { ms: number(soundShiftMs) })}</output>
      </label>
      <div className="sync-steps" role="group" aria-label={text('window/sync:hand.steps')}>
        {frameMs !== null && (
          <Button onClick={() => set(soundShiftMs - frameMs)}>{text('window/sync:hand.frameLater')}</Button>
        )}
        <Button onClick={() => set(soundShiftMs - 1)}>{text('window/sync:hand.later')}</Button>
        <Button onClick={() => set(soundShiftMs + 1)}>{text('window/sync:hand.earlier')}</Button>
        {frameMs !== null && (
          <Button onClick={() => set(soundShiftMs + frameMs)}>{text('window/sync:hand.frameEarlier')}</Button>
        )}
        <Button quiet disabled={soundShiftMs === 0} onClick={() => set(0)}>
          {text('window/sync:hand.reset')}
        </Button>
      </div>
      <p>{reading}</p>
      <Button disabled={readOnly} onClick={keep}>
        {text('window/sync:hand.keep')}
      </Button>
      {kept !== null && (
        <p role="status" className="muted">
          {text('window/sync:hand.kept')}
        </p>
      )}
      {error !== null && (
        <p role="alert" className="outcome-inconsistent">
          <span aria-hidden="true">▲ </span>
          {errorText(text, error)}
        </p>
      )}
      <p className="faint">{text('window/sync:hand.limits')}</p>
    </section>
  );
}
