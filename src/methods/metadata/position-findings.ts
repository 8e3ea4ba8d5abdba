import type { FindingInput } from '../../base/finding.ts';
import { nameOf, placeOf } from './finding-place.ts';
import { isOf, type MetadataEntry } from './metadata-entry.ts';
import { distanceM, isOnEarth, type StatedPosition } from './positions.ts';
import { degreesMinutesSeconds } from './readable-exif.ts';
import { listed } from './time-findings.ts';

const limits = ['metadata-can-be-written', 'position-is-the-devices'] as const;
const mostPairs = 8;

/** Findings about where: the position itself, whether the origins agree on it, and positions that are none. */
export function positionFindings(
  entries: readonly MetadataEntry[],
  positions: readonly StatedPosition[],
  toleranceM: number,
): FindingInput[] {
  const findings: FindingInput[] = [];
  const real = positions.filter((position) => isOnEarth(position));
  for (const position of positions.filter((one) => !isOnEarth(one)).slice(0, mostPairs)) {
    findings.push({
      code: 'position-impossible',
      outcome: 'information',
      measures: degrees(position),
      details: { origin: nameOf(position.entry) },
      places: [placeOf(position.entry)],
      limits: [...limits],
    });
  }
  const [first, ...others] = real;
  if (first === undefined) {
    const gps = entries.filter((entry) => isOf(entry, 'exif/gps'));
    if (gps.length > 0 || entries.some(({ origin, id }) => /^exif.*ifd0$/.test(origin) && id === '0x8825')) {
      findings.push({
        code: 'position-empty',
        outcome: 'information',
        measures: { tags: { value: gps.length, unit: '1' } },
        limits: ['metadata-can-be-written'],
      });
    }
    return findings;
  }
  findings.push({
    code: first.latitude === 0 && first.longitude === 0 ? 'position-zero' : 'position',
    outcome: 'information',
    measures: {
      ...degrees(first),
      coordinates: { value: coordinates(first), unit: 'text' },
      ...(first.altitude === undefined ? {} : { altitude: { value: round(first.altitude, 3), unit: 'm' } }),
    },
    details: { origin: nameOf(first.entry) },
    places: [placeOf(first.entry)],
    limits: [...limits],
  });
  const near = others.filter((other) => distanceM(first, other) <= toleranceM);
  if (near.length > 0) {
    findings.push({
      code: 'positions-agree',
      outcome: 'consistent',
      proposition: 'same-position',
      measures: {
        origins: { value: near.length + 1, unit: '1' },
        distance: { value: round(Math.max(...near.map((other) => distanceM(first, other))), 1), unit: 'm' },
      },
      details: { where: listed([first, ...near].map(({ entry }) => nameOf(entry))) },
      places: [first, ...near].slice(0, mostPairs).map(({ entry }) => placeOf(entry)),
      limits: [...limits],
    });
  }
  for (const other of others.filter((one) => !near.includes(one)).slice(0, mostPairs)) {
    findings.push({
      code: 'positions-differ',
      outcome: 'inconsistent',
      proposition: 'same-position',
      measures: {
        distance: { value: round(distanceM(first, other), 1), unit: 'm' },
        positionA: { value: coordinates(first), unit: 'text' },
        positionB: { value: coordinates(other), unit: 'text' },
      },
      details: { originA: nameOf(first.entry), originB: nameOf(other.entry) },
      places: [placeOf(first.entry), placeOf(other.entry)],
      limits: [...limits],
    });
  }
  return findings;
}

function degrees(position: StatedPosition): NonNullable<FindingInput['measures']> {
  return {
    latitude: { value: round(position.latitude, 7), unit: 'deg' },
    longitude: { value: round(position.longitude, 7), unit: 'deg' },
  };
}

/** `43° 28′ 2.81″ N, 11° 53′ 6.46″ E`. */
function coordinates({ latitude, longitude }: StatedPosition): string {
  const north = `${degreesMinutesSeconds(latitude)} ${latitude < 0 ? 'S' : 'N'}`;
  return `${north}, ${degreesMinutesSeconds(longitude)} ${longitude < 0 ? 'W' : 'E'}`;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
