import type { Marker } from './markers.ts';

export interface MarkedClip {
  /** `E001`. */
  readonly exhibit: string;
  /** File name of the exhibit as it came. */
  readonly name: string;
  /** Where the original lies from the file that is written. */
  readonly url: string;
  readonly sha256: string;
  readonly frameRate: number | undefined;
  readonly markers: readonly Marker[];
}

/** Names of OpenTimelineIO's `Marker.Color`. */
const colours: Readonly<Record<Marker['kind'], string>> = {
  bookmark: 'CYAN',
  inconsistent: 'RED',
  inconclusive: 'ORANGE',
  consistent: 'GREEN',
  information: 'BLUE',
  abstained: 'WHITE',
};

/**
 * Time markers of one exhibit as an OpenTimelineIO timeline (https://opentimelineio.readthedocs.io, schemas `Timeline.1`,
 * `Stack.1`, `Track.1`, `Clip.1`, `Marker.2`): one clip, the whole exhibit, with its markers. Times in milliseconds, so
 * that nothing is rounded; programs convert them to their own rate.
 */
export function otioTimeline({ exhibit, name, url, sha256, frameRate, markers }: MarkedClip): unknown {
  const lastMs = markers.reduce((last, { endMs }) => Math.max(last, endMs), 0);
  const range = time(0, lastMs + 1);
  return {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { assay: { exhibit, sha256, ...(frameRate === undefined ? {} : { frameRate }) } },
    name: `${exhibit} ${name}`,
    global_start_time: null,
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      metadata: {},
      name: 'tracks',
      source_range: null,
      effects: [],
      markers: [],
      children: [
        {
          OTIO_SCHEMA: 'Track.1',
          metadata: {},
          name: exhibit,
          kind: 'Video',
          source_range: null,
          effects: [],
          markers: [],
          children: [
            {
              OTIO_SCHEMA: 'Clip.1',
              metadata: { assay: { exhibit, sha256 } },
              name,
              source_range: range,
              effects: [],
              markers: markers.map(markerOf),
              media_reference: {
                OTIO_SCHEMA: 'ExternalReference.1',
                metadata: {},
                name: '',
                available_range: null,
                target_url: url,
              },
            },
          ],
        },
      ],
    },
  };
}

function markerOf({ startMs, endMs, kind, name, words, source }: Marker): unknown {
  return {
    OTIO_SCHEMA: 'Marker.2',
    metadata: { assay: { kind, words, ...source } },
    name,
    comment: words,
    color: colours[kind],
    marked_range: time(startMs, endMs - startMs),
  };
}

function time(startMs: number, durationMs: number): unknown {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: { OTIO_SCHEMA: 'RationalTime.1', rate: 1000, value: startMs },
    duration: { OTIO_SCHEMA: 'RationalTime.1', rate: 1000, value: durationMs },
  };
}
