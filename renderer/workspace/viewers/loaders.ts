import { createContext, useContext, useSyncExternalStore } from 'react';
import { frameIndex } from '../../../src/contract/window-operations.ts';
import { call } from '../../api/call.ts';
import { fetchLens, fetchPictures } from './fetch-pictures.ts';
import { FrameTimes } from './frame-times.ts';
import { LensLoader } from './lens-loader.ts';
import { PictureLoader } from './picture-loader.ts';

/** Bytes that the page keeps: what is drawn, and what is on its way, comes on top. */
const budgets = { pictures: 64 * 1024 * 1024, lenses: 24 * 1024 * 1024 };

/** What the viewers of one case fetch and keep. */
export interface Loaders {
  readonly pictures: PictureLoader;
  readonly lenses: LensLoader;
  /** The frames of an exhibit, one index each. */
  times(exhibit: string): FrameTimes;
}

export function createLoaders(folder: string): Loaders {
  const times = new Map<string, FrameTimes>();
  return {
    pictures: new PictureLoader(fetchPictures, budgets.pictures),
    lenses: new LensLoader(fetchLens, budgets.lenses),
    times(exhibit) {
      const known = times.get(exhibit) ?? new FrameTimes((place) => call(frameIndex, { folder, exhibit, ...place }));
      times.set(exhibit, known);
      return known;
    },
  };
}

const LoadersContext = createContext<Loaders | undefined>(undefined);
export const LoadersProvider = LoadersContext.Provider;

export function useLoaders(): Loaders {
  const loaders = useContext(LoadersContext);
  if (loaders === undefined) throw new Error('no loaders above this viewer');
  return loaders;
}

/** Draws again when something has come. */
export function useVersion(of: { subscribe(listener: () => void): () => void; version(): number }): number {
  return useSyncExternalStore(of.subscribe, of.version);
}
