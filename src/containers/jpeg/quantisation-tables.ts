/** Rec. ITU-T T.81 Tables K.1 and K.2, row by row: what libjpeg scales by its quality setting. */
const luminance = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const chrominance = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99,
];

/** Rec. ITU-T T.81 Figure A.6: place in the row-by-row order of the n-th coefficient as stored. */
const zigZag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

export interface StandardTable {
  readonly table: 'luminance' | 'chrominance';
  /** libjpeg's quality setting, 1–100. */
  readonly quality: number;
}

/** The table that libjpeg makes of a standard one at a quality, in stored (zig-zag) order; jcparam.c, jpeg_quality_scaling. */
export function scaledTable(table: StandardTable['table'], quality: number, limit = 255): readonly number[] {
  const base = table === 'luminance' ? luminance : chrominance;
  const scale = quality < 50 ? Math.trunc(5000 / quality) : 200 - quality * 2;
  return zigZag.map((place) => {
    const value = Math.trunc(((base[place] ?? 0) * scale + 50) / 100);
    return Math.min(limit, Math.max(1, value));
  });
}

/**
 * Which standard table at which quality a stored table equals in all 64 values; undefined where it equals none. Where several
 * qualities come to the same table (the lowest ones), the highest of them.
 * At 100 both are all ones; `chrominanceFirst` settles which is meant.
 */
export function standardTableOf(values: readonly number[], chrominanceFirst: boolean): StandardTable | undefined {
  const order: readonly StandardTable['table'][] = chrominanceFirst
    ? ['chrominance', 'luminance']
    : ['luminance', 'chrominance'];
  for (const table of order) {
    for (let quality = 100; quality >= 1; quality--) {
      const same = (limit: number): boolean => {
        const scaled = scaledTable(table, quality, limit);
        return values.every((value, index) => value === scaled[index]);
      };
      if (values.length === 64 && (same(255) || same(32767))) return { table, quality };
    }
  }
  return undefined;
}
