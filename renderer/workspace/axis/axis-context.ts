import { createContext, useContext } from 'react';
import type { AxisData } from './axis-data.ts';
import type { AxisLoop } from './axis-loop.ts';

/** What the parts of one axis share. */
export interface AxisShared {
  readonly data: AxisData;
  readonly loop: AxisLoop;
  /** Width of the part of a lane that time runs over, in CSS pixels. */
  readonly plotWidth: number;
}

export const AxisContext = createContext<AxisShared | undefined>(undefined);

export function useAxis(): AxisShared {
  const shared = useContext(AxisContext);
  if (shared === undefined) throw new Error('no axis around this part');
  return shared;
}
