import { decodeNpy } from '../../base/npy.ts';
import type { ReportExamination } from '../../report/model/report-input.ts';

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Mean error level of the blocks that lie wholly in a region, over that of those wholly outside it, from the blocks that the
 * method `ela` keeps; undefined where it kept none.
 */
export async function regionRatio(
  examination: ReportExamination | undefined,
  region: Region,
): Promise<number | undefined> {
  const artefact = examination?.result.artefacts.find(({ name }) => name === 'ela-blocks');
  if (examination === undefined || artefact?.kind !== 'series') return undefined;
  const column = (id: string): number => artefact.columns.findIndex((one) => one.id === id);
  const [x, y, mean] = [column('x'), column('y'), column('mean')];
  const { values, shape } = decodeNpy(await examination.readArtefact(artefact.file));
  const width = shape[1] ?? 0;
  const block = Number(artefact.details['blockSize'] ?? 16);
  const inside: number[] = [];
  const outside: number[] = [];
  for (let row = 0; row < (shape[0] ?? 0); row += 1) {
    const at = (index: number): number => values[row * width + index] ?? NaN;
    const where = placeOf(at(x), at(y), block, region);
    if (where === 'inside') inside.push(at(mean));
    else if (where === 'outside') outside.push(at(mean));
  }
  const below = average(outside);
  return below === 0 || inside.length === 0 ? undefined : average(inside) / below;
}

function placeOf(x: number, y: number, block: number, region: Region): 'inside' | 'outside' | 'across' {
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  if (x >= region.x && y >= region.y && x + block <= right && y + block <= bottom) return 'inside';
  return x + block <= region.x || x >= right || y + block <= region.y || y >= bottom ? 'outside' : 'across';
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
