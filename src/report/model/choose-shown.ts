import type { Artefact, SeriesArtefact } from '../../base/artefact.ts';
import type { Finding } from '../../base/finding.ts';

export type Shown = 'with-finding' | 'in-details' | 'listed';

/** Bytes of the largest artefact that a report reads to picture it. */
const largestShown = 64 * 1024 * 1024;
/** Pictures and plots beside one finding, and of each kind among an examination's details. */
const mostWithFinding = 2;
const mostInDetails = { map: 6, series: 4, table: 2, event: 2 } as const;
/** Rows up to which a table stands beside a finding. */
const smallTable = 12;
/** A single sample is no curve: it is read from the table of measures. */
const leastSamples = 2;
/** Samples above which a coarser level of the same series shows as much. */
const enoughSamples = 1500;

/**
 * Which artefacts of an examination the report pictures, by name. Everything else is listed with its hash. The choice
 * is part of the report's data, so that HTML and PDF show the same.
 */
export function chooseShown(artefacts: readonly Artefact[], findings: readonly Finding[]): Map<string, Shown> {
  const shown = new Map<string, Shown>(artefacts.map(({ name }) => [name, 'listed']));
  const byName = new Map(artefacts.map((artefact) => [artefact.name, artefact]));
  const coarse = new Set(bestLevels(artefacts));
  const whole = new Set(longestPlanes(artefacts));
  const canShow = (artefact: Artefact) =>
    artefact.sizeBytes <= largestShown &&
    artefact.mediaType !== 'audio/wav' &&
    (artefact.kind !== 'series' || (coarse.has(artefact) && artefact.length >= leastSamples)) &&
    (artefact.kind !== 'map' || artefact.over?.plane !== 'time-frequency' || whole.has(artefact)) &&
    !isEmpty(artefact);

  for (const finding of findings) {
    if (finding.outcome === 'information') continue;
    const beside = finding.artefacts
      .map((name) => byName.get(name))
      .filter((artefact) => artefact !== undefined)
      .filter((artefact) => canShow(artefact) && (artefact.kind !== 'table' || artefact.rows <= smallTable));
    for (const { name } of widestScalesLast(beside).slice(0, mostWithFinding)) shown.set(name, 'with-finding');
  }
  for (const kind of ['map', 'series', 'table', 'event'] as const) {
    const left = artefacts.filter((a) => a.kind === kind && shown.get(a.name) === 'listed' && canShow(a));
    for (const { name } of left.slice(0, mostInDetails[kind])) shown.set(name, 'in-details');
  }
  return shown;
}

/** Of spectrograms that were kept as tiles at several zooms, those of each stream that cover the most time. */
function longestPlanes(artefacts: readonly Artefact[]): Artefact[] {
  const longest = new Map<number, { artefact: Artefact; span: number }>();
  for (const artefact of artefacts) {
    if (artefact.kind !== 'map' || artefact.over?.plane !== 'time-frequency') continue;
    const span = artefact.over.endMs - artefact.over.startMs;
    if (span > (longest.get(artefact.over.stream)?.span ?? -1)) longest.set(artefact.over.stream, { artefact, span });
  }
  return [...longest.values()].map(({ artefact }) => artefact);
}

/** Of maps of the same quantity the amplified ones first: on the full scale small levels cannot be seen on paper. */
function widestScalesLast(artefacts: readonly Artefact[]): Artefact[] {
  const span = (artefact: Artefact) =>
    artefact.kind === 'map' && artefact.legend ? artefact.legend.max - artefact.legend.min : 0;
  const widest = Math.max(...artefacts.map(span));
  const isWidest = (artefact: Artefact) =>
    artefacts.length > mostWithFinding && widest > 0 && span(artefact) === widest;
  return [...artefacts].sort((a, b) => Number(isWidest(a)) - Number(isWidest(b)));
}

function isEmpty(artefact: Artefact): boolean {
  return (artefact.kind === 'table' && artefact.rows === 0) || (artefact.kind === 'event' && artefact.count === 0);
}

/** Of a series that was stored at several zooms, the coarsest that still fills a page's width. */
function bestLevels(artefacts: readonly Artefact[]): SeriesArtefact[] {
  const groups = new Map<string, SeriesArtefact[]>();
  for (const artefact of artefacts) {
    if (artefact.kind !== 'series') continue;
    const group =
      artefact.level === undefined
        ? artefact.name
        : `${artefact.title}/${artefact.stream ?? ''}/${JSON.stringify(artefact.details)}`;
    groups.set(group, [...(groups.get(group) ?? []), artefact]);
  }
  return [...groups.values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) => a.length - b.length);
    return sorted.find(({ length }) => length >= enoughSamples) ?? sorted.at(-1) ?? [];
  });
}
