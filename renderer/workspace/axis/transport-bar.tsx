import { DropdownMenu } from 'radix-ui';
import { useEffect, useMemo, useRef } from 'react';
import { formatNumber } from '../../../src/base/format-number.ts';
import { formatClock } from '../../../src/base/format-time.ts';
import { visibleText } from '../../../src/base/visible-text.ts';
import { Button } from '../../parts/button.tsx';
import { useTime } from '../../state/time.ts';
import { useText } from '../../text/text-context.tsx';
import { changeSpeed, showAll, togglePlaying, zoomStep, zoomTime, zoomToSelection } from './axis-commands.ts';
import { useAxis } from './axis-context.ts';
import { FrameNumbers } from './frame-numbers.ts';
import { laneTitles } from './lane-painter.ts';
import type { Lane } from './lane-registry.ts';
import type { SoundStream } from './playable-sounds.ts';
import { speeds, useTransport } from './transport-store.ts';

/** Sound that can be played: none in the exhibit, not yet extracted, there, or there with jumps in its time. */
export type PlayableSound = 'none' | 'not-yet' | 'there' | 'approximate';

interface TransportProps {
  readonly lanes: readonly { readonly lane: Lane; readonly isShown: boolean }[];
  readonly show: (id: string, isShown: boolean) => void;
  readonly sound: PlayableSound;
  /** Streams whose sound was kept, and the one that is listened to. */
  readonly streams: readonly SoundStream[];
  readonly heard: number | null;
}

/** Play and its speed, sound, clock and frame number, the span, and which lanes are shown. */
export function TransportBar({ lanes, show, sound, streams, heard }: TransportProps) {
  const text = useText();
  const { playing, looping, setLooping } = useTime();
  return (
    <div className="axis-bar" role="toolbar" aria-label={text('window/axis:bar.label')}>
      <Button
        quiet
        onClick={togglePlaying}
        aria-label={text(`window/axis:bar.${playing ? 'pause' : 'play'}`)}
        title={text(`window/axis:bar.${playing ? 'pause' : 'play'}`)}
      >
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span>
      </Button>
      <SpeedMenu />
      <SoundButton sound={sound} />
      {streams.length > 1 && <StreamMenu streams={streams} heard={heard} />}
      <Button quiet pressed={looping} onClick={() => setLooping(!looping)} title={text('window/axis:bar.loopHelp')}>
        {text('window/axis:bar.loop')}
      </Button>
      <Clock />
      <ShiftNote />
      <Span />
      <span className="axis-bar-gap" />
      <Button
        quiet
        onClick={() => zoomTime(1 / zoomStep)}
        aria-label={text('window:commands.timeZoomIn')}
        title={text('window:commands.timeZoomIn')}
      >
        +
      </Button>
      <Button
        quiet
        onClick={() => zoomTime(zoomStep)}
        aria-label={text('window:commands.timeZoomOut')}
        title={text('window:commands.timeZoomOut')}
      >
        −
      </Button>
      <Button quiet onClick={showAll} title={text('window:commands.zoomAll')}>
        {text('window/axis:bar.all')}
      </Button>
      <LanesMenu lanes={lanes} show={show} />
    </div>
  );
}

function SpeedMenu() {
  const text = useText();
  const { speed } = useTransport();
  const { playing, rate } = useTime();
  const name = (value: number): string => text('window/axis:bar.speed', { speed: formatNumber(value, text.language) });
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="button button-quiet axis-bar-speed"
        aria-label={text('window/axis:bar.speedLabel', { speed: name(playing ? rate : speed) })}
      >
        {name(playing ? rate : speed)} ▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          <DropdownMenu.RadioGroup value={String(speed)} onValueChange={(value) => changeSpeed(Number(value))}>
            {speeds.map((one) => (
              <DropdownMenu.RadioItem key={one} className="menu-item" value={String(one)}>
                <span>{name(one)}</span>
                <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <p className="menu-note faint">{text('window/axis:bar.speedNote')}</p>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function SoundButton({ sound }: Pick<TransportProps, 'sound'>) {
  const text = useText();
  const { isSoundOn, silence, clock } = useTransport();
  if (sound === 'none' || sound === 'not-yet')
    return (
      <Button quiet disabled title={text(`window/axis:sound.${sound}`)}>
        {text('window/axis:sound.label')}
      </Button>
    );
  const note = silence !== 'none' ? silence : sound === 'approximate' ? sound : undefined;
  const reason = note === undefined ? '' : text(`window/axis:sound.${note}`);
  return (
    <>
      <Button
        quiet
        pressed={isSoundOn}
        data-clock={clock}
        title={text('window/axis:sound.help')}
        onClick={() => useTransport.setState({ isSoundOn: !isSoundOn })}
      >
        {text('window/axis:sound.label')}
      </Button>
      {reason !== '' && (
        <span className="axis-bar-note faint" role="status" title={reason}>
          {reason}
        </span>
      )}
    </>
  );
}

/** Which of several sound streams is heard, and whose lanes are shown. */
function StreamMenu({ streams, heard }: Pick<TransportProps, 'streams' | 'heard'>) {
  const text = useText();
  const name = ({ stream, codec }: SoundStream): string =>
    text('window/axis:sound.stream', { stream, codec: visibleText(codec) });
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="button button-quiet"
        aria-label={text('window/axis:sound.streamLabel', { stream: heard ?? '' })}
      >
        {text('window/axis:sound.streamShort', { stream: heard ?? '' })} ▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          <DropdownMenu.RadioGroup
            value={String(heard)}
            onValueChange={(value) => useTransport.setState({ stream: Number(value) })}
          >
            {streams.map((one) => (
              <DropdownMenu.RadioItem key={one.stream} className="menu-item" value={String(one.stream)}>
                <span>{name(one)}</span>
                <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The moment of the cursor and the frame that is shown then. */
function Clock() {
  const text = useText();
  const { data, loop } = useAxis();
  const clock = useRef<HTMLSpanElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  const numbers = useMemo(() => new FrameNumbers(data.folder, data.exhibit, () => loop.redraw('clock')), [data, loop]);
  useEffect(() => {
    const write = (element: HTMLElement | null, words: string): void => {
      if (element !== null && element.textContent !== words) element.textContent = words;
    };
    return loop.add('clock', {
      draw: () => undefined,
      follow({ cursorMs }) {
        write(clock.current, formatClock(cursorMs));
        const number = numbers.at(cursorMs);
        write(frame.current, number === undefined ? '' : `#${number}`);
      },
    });
  }, [loop, numbers]);
  return (
    <span className="axis-bar-clock mono">
      <span ref={clock} aria-label={text('window/axis:cursor')} role="timer" />
      <span ref={frame} className="muted" title={text('window/axis:bar.frame')} />
    </span>
  );
}

/** Says when the sound is played against the picture, and takes it back. */
function ShiftNote() {
  const text = useText();
  const { soundShiftMs, shiftSound } = useTime();
  if (soundShiftMs === 0) return null;
  return (
    <span className="axis-bar-note">
      <span className="mono">{text('window/axis:bar.shift', { ms: signed(soundShiftMs, text.language) })}</span>
      <Button quiet onClick={() => shiftSound(0)}>
        {text('window/axis:bar.reset')}
      </Button>
    </span>
  );
}

function signed(value: number, language: string): string {
  return formatNumber(value, language, { signed: true });
}

function Span() {
  const text = useText();
  const { selected, select } = useTime();
  if (selected === null) return null;
  const seconds = (selected.endMs - selected.startMs) / 1000;
  return (
    <span className="axis-bar-note" data-span={`${selected.startMs} ${selected.endMs}`}>
      <span className="mono" title={`${formatClock(selected.startMs)} – ${formatClock(selected.endMs)}`}>
        {text('window/axis:bar.span', { seconds: formatNumber(seconds, text.language, { decimals: 3 }) })}
      </span>
      <Button quiet onClick={zoomToSelection} title={text('window:commands.zoomToSpan')}>
        {text('window/axis:bar.zoomToSpan')}
      </Button>
      <Button
        quiet
        onClick={() => select(null)}
        title={text('window:commands.spanClear')}
        aria-label={text('window:commands.spanClear')}
      >
        ×
      </Button>
    </span>
  );
}

function LanesMenu({ lanes, show }: Pick<TransportProps, 'lanes' | 'show'>) {
  const text = useText();
  const titles = laneTitles(
    lanes.map(({ lane }) => lane),
    text,
  );
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-quiet">{text('window/axis:bar.lanes')} ▾</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end">
          {lanes.map(({ lane, isShown }) => (
            <DropdownMenu.CheckboxItem
              key={lane.id}
              className="menu-item"
              checked={isShown}
              onCheckedChange={(now) => show(lane.id, now)}
              onSelect={(event) => event.preventDefault()}
            >
              <span>{titles.get(lane.id)}</span>
              <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
