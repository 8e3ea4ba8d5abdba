import { create } from 'zustand';
import { useLayout } from '../layout-store.ts';

/** Bytes or a node that something in the window points to; the structure panel shows them. */
export interface ByteTarget {
  readonly exhibit: string;
  readonly offset?: number;
  readonly length?: number;
  /** Path of the structure node, where it is known. */
  readonly node?: string;
}

/** What was pointed to last. Each pointing is a new object, so that pointing twice at the same bytes shows them twice. */
export const useByteTarget = create<{ readonly target: ByteTarget | null }>()(() => ({ target: null }));

/** Shows bytes or a node of an exhibit in the structure panel. */
export function showBytes(target: ByteTarget): void {
  useByteTarget.setState({ target: { ...target } });
  useLayout.getState().change({ panel: 'structure' });
}
