import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { listNotes } from '../../../src/contract/window-operations.ts';
import { call } from '../../api/call.ts';
import { Busy, Empty, Failed } from '../../parts/states.tsx';
import { useCommands } from '../../state/commands.ts';
import { useText } from '../../text/text-context.tsx';
import { useExaminations, useOverview } from '../exhibit-queries.ts';
import type { KeptExamination } from '../kept-examination.ts';
import { artefactAddress, AxisData } from './axis-data.ts';
import { axisCommands } from './axis-commands.ts';
import { AxisContext } from './axis-context.ts';
import { AxisLoop } from './axis-loop.ts';
import { AxisOverlay } from './axis-overlay.tsx';
import { clampHeight, movedLane, orderedLanes } from './lane-preferences.ts';
import { lanesOf, type Lane } from './lane-registry.ts';
import { LaneView } from './lane-view.tsx';
import { bookmarkMoments, findingMoments, framesWithoutTime } from './marked-moments.ts';
import { MissingLanes } from './missing-lanes.tsx';
import { Playback } from './playback.ts';
import { Ruler } from './ruler.tsx';
import { SoundTrack } from './sound-track.ts';
import { TransportBar, type PlayableSound } from './transport-bar.tsx';
import { playableSounds } from './playable-sounds.ts';
import { useTransport } from './transport-store.ts';
import { useAxisPointer } from './use-axis-pointer.ts';
import { useFrameMoments } from './use-frame-moments.ts';
import { useLanePreferences } from './use-lane-preferences.ts';
import './axis.css';

export interface TimeAxisProps {
  readonly folder: string;
  readonly exhibit: string;
}

/** The time axis under the viewers: transport, ruler, and the lanes of everything that was measured over time. */
export default function TimeAxis({ folder, exhibit }: TimeAxisProps) {
  const text = useText();
  const overview = useOverview(folder, exhibit);
  const examinations = useExaminations(folder, exhibit);
  if (overview.isError) return <Failed error={overview.error} again={() => void overview.refetch()} />;
  if (examinations.isError) return <Failed error={examinations.error} again={() => void examinations.refetch()} />;
  if (overview.data === undefined || examinations.data === undefined) return <Busy stage="open" />;
  const { kind, video, sound } = overview.data;
  if (kind === 'picture' || kind === 'other') return <Empty>{text(`window/axis:state.${kind}`)}</Empty>;
  const pictures = video === null ? [] : [video.stream];
  return (
    <Axis
      key={`${folder} ${exhibit}`}
      folder={folder}
      exhibit={exhibit}
      examinations={examinations.data.examinations}
      pictures={pictures}
      soundStream={sound?.stream ?? null}
    />
  );
}

interface AxisProps extends TimeAxisProps {
  readonly examinations: readonly KeptExamination[];
  readonly pictures: readonly number[];
  readonly soundStream: number | null;
}

function Axis({ folder, exhibit, examinations, pictures, soundStream }: AxisProps) {
  const text = useText();
  const queries = useQueryClient();
  const [loop] = useState(() => new AxisLoop());
  const [plotWidth, setPlotWidth] = useState(0);
  const area = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    loop.open();
    return () => loop.close();
  }, [loop]);
  useEffect(() => useCommands.getState().add(axisCommands), []);
  useEffect(() => {
    if (inner.current === null) return undefined;
    const observer = new ResizeObserver(() => {
      const plot = inner.current?.querySelector('.axis-ruler-row > :last-child');
      setPlotWidth(Math.floor(plot?.clientWidth ?? 0));
    });
    observer.observe(inner.current);
    return () => observer.disconnect();
  }, []);
  useAxisPointer(area, plotWidth);
  const heard = useHeardStream(soundStream);
  const sounds = useMemo(() => playableSounds(examinations), [examinations]);
  const playing = usePlayback({ folder, exhibit, examinations, soundStream: heard });

  const notes = useQuery({
    queryKey: [listNotes.name, { folder }],
    queryFn: ({ signal }) => call(listNotes, { folder }, signal),
  });
  const known = notes.data?.notes ?? noNotes;
  const nameless = useMemo(() => framesWithoutTime(examinations, known, exhibit), [examinations, known, exhibit]);
  const timeOf = useFrameMoments(folder, exhibit, nameless);
  const moments = useMemo(
    () => ({
      findings: findingMoments(examinations, text, timeOf),
      bookmarks: bookmarkMoments(known, exhibit, timeOf),
    }),
    [examinations, text, known, exhibit, timeOf],
  );
  const data = useMemo(
    () => new AxisData(queries, folder, exhibit, (lane) => loop.redraw(lane)),
    [loop, queries, folder, exhibit],
  );
  const shared = useMemo(() => ({ loop, plotWidth, data }), [loop, plotWidth, data]);
  // The lanes of the stream that is listened to are those that are shown.
  const streamNames = [...pictures, ...(heard === null ? [] : [heard])].join(' ');
  const lanes = useMemo(
    () => lanesOf(examinations, streamNames === '' ? [] : streamNames.split(' ').map(Number)),
    [examinations, streamNames],
  );
  const { shown, all, actionsOf, heightOf, show } = useArrangedLanes(lanes);
  return (
    <AxisContext value={shared}>
      <div className="axis">
        <TransportBar lanes={all} show={show} sound={playing} streams={sounds} heard={heard} />
        <div className="axis-area" ref={area}>
          <div className="axis-inner" ref={inner}>
            <div className="axis-ruler axis-ruler-row">
              <div className="axis-ruler-head faint">{text('window/axis:time')}</div>
              <div className="axis-ruler-slot">{plotWidth > 0 && <Ruler />}</div>
            </div>
            {plotWidth > 0 && (
              <>
                <ul className="axis-lanes" aria-label={text('window/axis:lanesLabel')}>
                  {shown.map((lane) => (
                    <LaneView
                      key={lane.id}
                      lane={lane}
                      height={heightOf(lane)}
                      moments={lane.kind === 'findings' || lane.kind === 'bookmarks' ? moments[lane.kind] : none}
                      actions={actionsOf(lane)}
                    />
                  ))}
                  <MissingLanes
                    folder={folder}
                    exhibit={exhibit}
                    examinations={examinations}
                    hasSound={soundStream !== null}
                  />
                </ul>
                <AxisOverlay />
              </>
            )}
          </div>
        </div>
      </div>
    </AxisContext>
  );
}

const none: readonly never[] = [];
const noNotes: readonly never[] = [];
const heights: Readonly<Record<Lane['kind'], number>> = {
  ...{ findings: 28, bookmarks: 28, event: 32, series: 36, envelope: 48, plane: 64 },
};

/** The lanes as the person wants them: order, which are shown, how tall. */
function useArrangedLanes(lanes: readonly Lane[]) {
  const { preferences, change } = useLanePreferences();
  const ordered = orderedLanes(lanes, preferences.order);
  const isShown = (lane: Lane): boolean => !(preferences.lanes[lane.id]?.hidden ?? lane.isQuiet);
  const shown = ordered.filter(isShown);
  const set = (id: string, one: { hidden?: boolean; height?: number }): void =>
    change((now) => ({ ...now, lanes: { ...now.lanes, [id]: { ...now.lanes[id], ...one } } }));
  return {
    shown,
    all: ordered.map((lane) => ({ lane, isShown: isShown(lane) })),
    heightOf: (lane: Lane) => clampHeight(preferences.lanes[lane.id]?.height ?? heights[lane.kind]),
    show: (id: string, now: boolean) => set(id, { hidden: !now }),
    actionsOf: (lane: Lane) => ({
      hide: () => set(lane.id, { hidden: true }),
      resize: (height: number) => set(lane.id, { height: clampHeight(height) }),
      move: (by: number) =>
        change((now) => ({
          ...now,
          order: movedLane(
            shown.map(({ id }) => id),
            lane.id,
            by,
          ),
        })),
    }),
  };
}

/** The sound stream that is listened to: the exhibit's main one until the person chooses another. */
function useHeardStream(main: number | null): number | null {
  useEffect(() => () => useTransport.setState({ stream: null }), []);
  return useTransport(({ stream }) => stream) ?? main;
}

/** Plays while this axis is there, with the sound of the stream that is listened to. Answers whether there is sound. */
function usePlayback(of: Omit<AxisProps, 'pictures'>): PlayableSound {
  const { folder, exhibit, examinations, soundStream: chosen } = of;
  const kept = examinations.flatMap(({ key, artefacts }) =>
    artefacts.flatMap((one) =>
      one.kind === 'series' && one.mediaType === 'audio/wav' && one.stream === chosen ? [{ key, artefact: one }] : [],
    ),
  )[0];
  const address = kept === undefined ? undefined : artefactAddress(folder, exhibit, kept.key, kept.artefact.sha256);
  const startMs = Number(kept?.artefact.details['startMs'] ?? 0);
  const playback = useRef<Playback | null>(null);
  useEffect(() => {
    const made = new Playback();
    playback.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    if (address === undefined) return undefined;
    const track = new SoundTrack(address, startMs);
    playback.current?.setTrack(track);
    return () => {
      playback.current?.setTrack(undefined);
      track.close();
    };
  }, [address, startMs]);
  if (address === undefined) return chosen === null ? 'none' : 'not-yet';
  // The kept sound has no gaps: behind a jump in time it is heard where it would be without the jump.
  const jumps = examinations
    .flatMap(({ findings }) => findings)
    .some(
      ({ method, details }) =>
        method === 'audio' && details['stream'] === chosen && Number(details['timeJumps'] ?? 0) > 0,
    );
  return jumps ? 'approximate' : 'there';
}
