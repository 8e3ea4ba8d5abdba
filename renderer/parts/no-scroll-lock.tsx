import type { ElementType, ReactNode } from 'react';

interface RemoveScrollProps {
  readonly as?: ElementType;
  readonly children?: ReactNode;
  readonly allowPinchZoom?: boolean;
  readonly shards?: unknown;
  readonly [attribute: string]: unknown;
}

/**
 * Stands in for `react-remove-scroll`, which Radix brings for its dialogs and menus. It keeps a page from scrolling behind them
 * with a style sheet that it writes into the page. This page never scrolls. SECURITY: and its policy allows no such sheet.
 */
export function RemoveScroll({ as: As = 'div', allowPinchZoom: _zoom, shards: _shards, ...rest }: RemoveScrollProps) {
  return <As {...rest} />;
}
