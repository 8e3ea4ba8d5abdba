import type { ColourScale } from '../../../src/base/colour-table.ts';
import type { Unit } from '../../../src/base/finding.ts';
import type { LensChoice } from '../layout.ts';
import type { FrameIdentity, LoadedPicture } from './fetch-pictures.ts';
import type { Look, Orientation, Size } from './picture-geometry.ts';
import type { ByteMap, Raster } from './raster.ts';

/** A quantity that a viewer shows in colour: how its bytes are read. */
export interface Quantity {
  readonly map: ByteMap;
  readonly min: number;
  readonly max: number;
  readonly unit: Unit;
  /** Text key of what it is. */
  readonly label: string;
  readonly gain: number;
  readonly colour: ColourScale;
}

/** What a viewer shows now. */
export interface Shown {
  /** Size of the picture as stored. */
  readonly picture: Size;
  readonly orientation: Orientation;
  readonly raster: Raster | undefined;
  readonly overlay: { readonly raster: Raster; readonly opacity: number } | undefined;
  readonly quantity: Quantity | undefined;
  /** The frame that is drawn, which is the last one while the next is on its way; undefined for a still. */
  readonly frame: FrameIdentity | undefined;
  /** The stored pixels, where they are here as stored. */
  readonly stored: LoadedPicture | undefined;
  /** True while what is drawn is not yet what is asked for. */
  readonly busy: boolean;
  readonly note:
    | { readonly key: string; readonly values?: Record<string, string | number>; readonly frames?: readonly number[] }
    | undefined;
  readonly error: { readonly cause: unknown } | undefined;
}

export interface Asked {
  readonly folder: string;
  readonly exhibit: string;
  readonly viewer: number;
  readonly lens: LensChoice;
  readonly look: Look;
  /** Device pixels of the canvas. */
  readonly canvas: Size;
  /** True where the stored pixels are wanted: somebody reads them. */
  readonly exact: boolean;
}

/** What a lens adds to the picture. */
export type Part = Pick<Shown, 'raster' | 'quantity' | 'frame' | 'busy' | 'error' | 'note'>;
export const nothing: Part = {
  raster: undefined,
  quantity: undefined,
  frame: undefined,
  busy: false,
  error: undefined,
  note: undefined,
};
