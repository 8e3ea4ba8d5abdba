/** Luma as numbers, row by row: what the comparison of thumbnails works on. */
export interface GreyRaster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function greyRaster(picture: {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}): GreyRaster {
  return { width: picture.width, height: picture.height, data: Float32Array.from(picture.data) };
}

/** A raster's running sums: `sums[y × (width + 1) + x]` is the sum of everything above y and left of x. */
export interface SummedRaster {
  readonly width: number;
  readonly height: number;
  readonly sums: Float64Array;
}

export function summed({ width, height, data }: GreyRaster): SummedRaster {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return { width, height, sums };
}

/**
 * Mean over the area that each new pixel covers, exact also between pixels: running sums of squares of one colour are bilinear inside
 * each square. Parts of the area outside the raster do not count; a pixel that is all outside takes the nearest edge.
 */
export function resample(source: SummedRaster, area: Rect, width: number, height: number): GreyRaster {
  const columns = edges(area.x, area.width, width, source.width);
  const rows = edges(area.y, area.height, height, source.height);
  const data = new Float32Array(width * height);
  for (let v = 0; v < height; v += 1) {
    const [top, bottom] = [rows[v]!, rows[v + 1]!];
    for (let u = 0; u < width; u += 1) {
      const [left, right] = [columns[u]!, columns[u + 1]!];
      const sum =
        sumAt(source, right, bottom) -
        sumAt(source, left, bottom) -
        sumAt(source, right, top) +
        sumAt(source, left, top);
      data[v * width + u] = sum / ((right - left) * (bottom - top));
    }
  }
  return { width, height, data };
}

/** Borders of `count` equal parts of a stretch, kept inside the raster and never closer than a thousandth of a pixel. */
function edges(start: number, length: number, count: number, limit: number): Float64Array {
  const least = 1e-3;
  const borders = Float64Array.from({ length: count + 1 }, (_, i) =>
    Math.min(limit, Math.max(0, start + (length * i) / count)),
  );
  for (let i = 1; i <= count; i += 1) borders[i] = Math.max(borders[i]!, borders[i - 1]! + least);
  const over = borders[count]! - limit;
  if (over > 0)
    for (let i = count, most = limit; i >= 0; i -= 1, most -= least) borders[i] = Math.min(borders[i]!, most);
  return borders;
}

function sumAt({ width, sums }: SummedRaster, x: number, y: number): number {
  const [column, row] = [Math.min(width - 1, Math.floor(x)), Math.floor(y)];
  const stride = width + 1;
  const last = sums.length / stride - 2;
  const base = Math.min(last, row);
  const [fx, fy] = [x - column, y - base];
  const at = base * stride + column;
  const upper = sums[at]! + (sums[at + 1]! - sums[at]!) * fx;
  const lower = sums[at + stride]! + (sums[at + stride + 1]! - sums[at + stride]!) * fx;
  return upper + (lower - upper) * fy;
}

/** The raster as EXIF orientation 1–8 would show it. */
export function orient(source: GreyRaster, orientation: number): GreyRaster {
  const turned = orientation >= 5;
  const width = turned ? source.height : source.width;
  const height = turned ? source.width : source.height;
  const data = new Float32Array(width * height);
  const [lastX, lastY] = [source.width - 1, source.height - 1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [sx, sy] = [
        [x, y],
        [lastX - x, y],
        [lastX - x, lastY - y],
        [x, lastY - y],
        [y, x],
        [y, lastY - x],
        [lastX - y, lastY - x],
        [lastX - y, x],
      ][orientation - 1] as [number, number];
      data[y * width + x] = source.data[sy * source.width + sx]!;
    }
  }
  return { width, height, data };
}

/** Pearson's correlation of two rasters of one size; 0 where either is flat. */
export function correlation(a: GreyRaster, b: GreyRaster): number {
  const [meanA, meanB] = [meanValue(a), meanValue(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.data.length; i += 1) {
    const da = a.data[i]! - meanA;
    const db = b.data[i]! - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

export function meanValue(raster: GreyRaster): number {
  let sum = 0;
  for (const value of raster.data) sum += value;
  return raster.data.length === 0 ? 0 : sum / raster.data.length;
}

/** Standard deviation in levels. */
export function contrast(raster: GreyRaster): number {
  const mean = meanValue(raster);
  let sum = 0;
  for (const value of raster.data) sum += (value - mean) ** 2;
  return raster.data.length === 0 ? 0 : Math.sqrt(sum / raster.data.length);
}

/** Mean absolute difference in levels of two rasters of one size. */
export function meanDifference(a: GreyRaster, b: GreyRaster): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i += 1) sum += Math.abs(a.data[i]! - b.data[i]!);
  return a.data.length === 0 ? 0 : sum / a.data.length;
}

/** What is left when the mean of the square of `2 × radius + 1` pixels around each is taken away: detail without light. */
export function detail(source: GreyRaster, radius: number): GreyRaster {
  const { width, height } = source;
  const { sums } = summed(source);
  const data = new Float32Array(source.data.length);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const sum =
        sums[bottom * (width + 1) + right]! -
        sums[top * (width + 1) + right]! -
        sums[bottom * (width + 1) + left]! +
        sums[top * (width + 1) + left]!;
      data[y * width + x] = source.data[y * width + x]! - sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}
