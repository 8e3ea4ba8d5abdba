import { create } from 'zustand';

/** A rectangle of a picture, in whole pixels of the picture as it is stored. */
export interface Region {
  readonly exhibit: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface RegionState {
  /** What the person has marked: bookmarks and parameters take it from here. */
  readonly region: Region | null;
  /** True while dragging in a viewer marks a region. */
  readonly choosing: boolean;
  mark(region: Region | null): void;
  setChoosing(choosing: boolean): void;
}

/** The one marked region. */
export const useRegion = create<RegionState>()((set) => ({
  region: null,
  choosing: false,
  mark: (region) => set({ region }),
  setChoosing: (choosing) => set({ choosing }),
}));

/** The region moved and grown by whole pixels, kept inside a picture of the given size and at least a pixel large. */
export function adjustRegion(
  region: Region,
  by: { readonly x?: number; readonly y?: number; readonly width?: number; readonly height?: number },
  picture: { readonly width: number; readonly height: number },
): Region {
  const width = clamp(region.width + (by.width ?? 0), 1, picture.width);
  const height = clamp(region.height + (by.height ?? 0), 1, picture.height);
  return {
    ...region,
    width,
    height,
    x: clamp(region.x + (by.x ?? 0), 0, picture.width - width),
    y: clamp(region.y + (by.y ?? 0), 0, picture.height - height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
