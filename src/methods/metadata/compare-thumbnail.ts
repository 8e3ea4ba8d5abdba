import type { GreyPicture } from '../../media/reduce-picture.ts';
import {
  contrast,
  correlation,
  detail,
  greyRaster,
  meanDifference,
  orient,
  resample,
  summed,
  type GreyRaster,
  type Rect,
  type SummedRaster,
} from './grey-raster.ts';

export interface CompareThumbnail {
  readonly picture: GreyPicture;
  readonly thumbnail: GreyPicture;
}

export interface ThumbnailComparison {
  /** Pearson's correlation of luma at the best fit, −1…1. */
  readonly correlation: number;
  /** The same with local means taken away: high only where the same things stand in the same places. */
  readonly detailCorrelation: number;
  /** Mean absolute difference at the best fit, in levels. */
  readonly meanDifference: number;
  /** EXIF orientation 1–8 by which the picture has to be turned to look like the thumbnail. */
  readonly orientation: number;
  /** How it was fitted: all of the thumbnail, what lies inside its dark bars, its middle, or the middle of the picture. */
  readonly fit: 'whole' | 'inside-bars' | 'middle-of-thumbnail' | 'middle-of-picture';
  /** Standard deviation of the flatter of the two, in levels: near 0 nothing can be compared. */
  readonly contrast: number;
  /** Where in the thumbnail the picture is found as a part, when it fits there and not as a whole. Shares of its size, 0–1. */
  readonly part?: Rect & { readonly detailCorrelation: number };
}

/**
 * Long side at which the two are compared: far below a thumbnail's own size, so that coding noise averages out, and the jagged edges
 * of cameras that just leave pixels out.
 */
const comparedPixels = 36;
const detailRadius = 3;
/** Cameras cut the edges of the sensor differently for the thumbnail: shares of its size by which the fit may move and grow. */
const moves = [-0.04, -0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03, 0.04];
const growths = [-0.04, -0.02, 0, 0.02, 0.04];
const sameAspect = 0.02;
const partPixels = 56;
const smallestPart = 0.45;
const partStep = 0.05;
/** A part is only believed where it fits as well as a thumbnail of the same picture would. */
const partDetail = 0.85;
/** No better fit is looked for beyond this. */
const clearlySame = 0.9;
/** Bars: rows and columns at the edge that are nowhere brighter than this. */
const barLevel = 40;
const barMean = 14;

/**
 * Kernel: fits a thumbnail to a picture in every orientation, as a whole, without the bars that fill up another aspect, and as
 * the middle of the picture; then looks for the picture as a part of the thumbnail (a picture that was cropped later).
 */
export function compareThumbnail({ picture, thumbnail }: CompareThumbnail): ThumbnailComparison {
  const [shown, flat] = [greyRaster(picture), greyRaster(thumbnail)];
  const small = summed(flat);
  const inside = insideBars(flat);
  let best: { readonly comparison: ThumbnailComparison; readonly turned: SummedRaster; readonly fit: Fit } | undefined;
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const turned = summed(orient(shown, orientation));
    for (const fit of fits(turned, small, inside)) {
      const comparison = compareFit(turned, small, fit, orientation);
      // The plain fit is only given up for one that is clearly better.
      const ahead = best?.comparison.orientation === 1 ? 0.02 : 0;
      if (best === undefined || comparison.detailCorrelation > best.comparison.detailCorrelation + ahead) {
        best = { comparison, turned, fit };
      }
      if (comparison.detailCorrelation >= clearlySame) return comparison;
    }
  }
  if (best === undefined) throw new RangeError('a picture has no orientation');
  const refined = refine(best.comparison, best.turned, small, best.fit);
  const part = refined.detailCorrelation >= partDetail ? undefined : findPart(summed(shown), small);
  const isPart = part !== undefined && part.detailCorrelation >= Math.max(partDetail, refined.detailCorrelation + 0.15);
  return isPart ? { ...refined, part } : refined;
}

function compareFit(
  turned: SummedRaster,
  small: SummedRaster,
  { fit, inPicture, inThumbnail }: Fit,
  orientation: number,
): ThumbnailComparison {
  const { width, height } = comparedSize(inPicture);
  const a = resample(turned, inPicture, width, height);
  const b = resample(small, inThumbnail, width, height);
  return {
    correlation: correlation(a, b),
    detailCorrelation: correlation(detail(a, detailRadius), detail(b, detailRadius)),
    meanDifference: meanDifference(a, b),
    orientation,
    fit,
    contrast: Math.min(contrast(a), contrast(b)),
  };
}

/** Moves and scales the fit a little, by what cameras differ in where they cut the thumbnail out. */
function refine(start: ThumbnailComparison, turned: SummedRaster, small: SummedRaster, fit: Fit): ThumbnailComparison {
  let best = start;
  const { x, y, width, height } = fit.inThumbnail;
  for (const growth of growths) {
    const [wide, high] = [width * (1 + growth), height * (1 + growth)];
    const [left, top] = [x - (wide - width) / 2, y - (high - height) / 2];
    for (const dx of moves) {
      for (const dy of moves) {
        const inThumbnail = { x: left + dx * width, y: top + dy * height, width: wide, height: high };
        const tried = compareFit(turned, small, { ...fit, inThumbnail }, start.orientation);
        if (tried.detailCorrelation > best.detailCorrelation) best = tried;
      }
    }
  }
  return best;
}

interface Fit {
  readonly fit: ThumbnailComparison['fit'];
  readonly inPicture: Rect;
  readonly inThumbnail: Rect;
}

function fits(picture: SummedRaster, thumbnail: SummedRaster, inside: Rect | undefined): Fit[] {
  const [wholePicture, wholeThumbnail] = [whole(picture), whole(thumbnail)];
  const result: Fit[] = [{ fit: 'whole', inPicture: wholePicture, inThumbnail: wholeThumbnail }];
  if (inside !== undefined) result.push({ fit: 'inside-bars', inPicture: wholePicture, inThumbnail: inside });
  const [aspect, other] = [picture.width / picture.height, thumbnail.width / thumbnail.height];
  if (Math.abs(aspect / other - 1) > sameAspect) {
    result.push({ fit: 'middle-of-thumbnail', inPicture: wholePicture, inThumbnail: centred(thumbnail, aspect) });
    result.push({ fit: 'middle-of-picture', inPicture: centred(picture, other), inThumbnail: wholeThumbnail });
  }
  return result;
}

/** What is left of a thumbnail without the dark bars that cameras put around a picture of another aspect. */
function insideBars(thumbnail: GreyRaster): Rect | undefined {
  const { width, height, data } = thumbnail;
  const isBar = (from: number, step: number, count: number): boolean => {
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      const value = data[from + i * step]!;
      if (value > barLevel) return false;
      sum += value;
    }
    return sum / count <= barMean;
  };
  let [top, bottom, left, right] = [0, height, 0, width];
  while (top < bottom && isBar(top * width, 1, width)) top += 1;
  while (bottom > top && isBar((bottom - 1) * width, 1, width)) bottom -= 1;
  while (left < right && isBar(left, width, height)) left += 1;
  while (right > left && isBar(right - 1, width, height)) right -= 1;
  const kept = ((bottom - top) * (right - left)) / (width * height);
  if (kept === 1 || kept < 0.25) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function whole(raster: SummedRaster): Rect {
  return { x: 0, y: 0, width: raster.width, height: raster.height };
}

/** The largest rectangle of an aspect in the middle of a raster. */
function centred(raster: SummedRaster, aspect: number): Rect {
  const width = Math.min(raster.width, raster.height * aspect);
  const height = Math.min(raster.height, raster.width / aspect);
  return { x: (raster.width - width) / 2, y: (raster.height - height) / 2, width, height };
}

function comparedSize(area: Rect, longSide = comparedPixels): { width: number; height: number } {
  const factor = longSide / Math.max(area.width, area.height);
  return {
    width: Math.max(2, Math.round(area.width * factor)),
    height: Math.max(2, Math.round(area.height * factor)),
  };
}

/** The best place and size at which the picture lies inside the thumbnail; undefined for pictures too small to tell. */
function findPart(picture: SummedRaster, thumbnail: SummedRaster): ThumbnailComparison['part'] {
  const frame = comparedSize(whole(thumbnail), partPixels);
  const field = detail(resample(thumbnail, whole(thumbnail), frame.width, frame.height), detailRadius);
  const aspect = picture.width / picture.height;
  let best: ThumbnailComparison['part'];
  for (let share = smallestPart; share < 0.99; share += partStep) {
    const longest = Math.min(frame.width, frame.height * aspect);
    const width = Math.round(longest * share);
    const height = Math.round(width / aspect);
    if (width < 8 || height < 8 || width > frame.width || height > frame.height) continue;
    const pattern = detail(resample(picture, whole(picture), width, height), detailRadius);
    for (let y = 0; y + height <= frame.height; y += 1) {
      for (let x = 0; x + width <= frame.width; x += 1) {
        const found = windowCorrelation(field, x, y, pattern);
        if (best !== undefined && found <= best.detailCorrelation) continue;
        best = {
          x: x / frame.width,
          y: y / frame.height,
          width: width / frame.width,
          height: height / frame.height,
          detailCorrelation: found,
        };
      }
    }
  }
  return best;
}

function windowCorrelation(field: GreyRaster, x: number, y: number, pattern: GreyRaster): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let v = 0; v < pattern.height; v += 1) {
    for (let u = 0; u < pattern.width; u += 1) {
      const a = field.data[(y + v) * field.width + x + u]!;
      const b = pattern.data[v * pattern.width + u]!;
      sumA += a;
      sumB += b;
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
  }
  const count = pattern.data.length;
  const spread = (aa - (sumA * sumA) / count) * (bb - (sumB * sumB) / count);
  return spread <= 0 ? 0 : (ab - (sumA * sumB) / count) / Math.sqrt(spread);
}
