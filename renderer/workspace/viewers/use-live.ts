import { useEffect, useMemo } from 'react';
import type { PictureSource } from './fetch-pictures.ts';
import { useLoaders } from './loaders.ts';
import { mapRaster } from './raster.ts';
import { nothing, type Asked, type Part } from './shown.ts';
import { useLast } from './use-last.ts';
import { useMethods } from './use-methods.ts';

/** The picture through a method's live lens; the scale is applied to what is here. */
export function useLive({ lens, viewer }: Asked, source: PictureSource | undefined, index: number): Part {
  const { lenses } = useLoaders();
  const methods = useMethods();
  const chosen = lens.kind === 'live' ? lens : undefined;
  const described = methods?.find(({ id }) => id === chosen?.method)?.lens;
  const gainName = described?.gainParameter ?? undefined;
  const defaults = methods?.find(({ id }) => id === chosen?.method)?.defaults;
  const changing = JSON.stringify(
    Object.fromEntries(Object.entries(chosen?.params ?? {}).filter(([name]) => name !== gainName)),
  );
  const method = chosen?.method;
  const wish = useMemo(
    () =>
      source === undefined || method === undefined || described === undefined || described === null
        ? null
        : { source, method, index, params: JSON.parse(changing) as Record<string, unknown> },
    [source, method, described, index, changing],
  );
  useEffect(() => lenses.want(`${viewer}`, wish), [lenses, viewer, wish]);
  const state = wish === null ? undefined : lenses.state(wish);
  const ready = state?.state === 'ready' ? state.lens : undefined;
  const drawn = useLast(ready, `${source?.folder} ${source?.exhibit} ${method}`);
  const gain = Number((gainName === undefined ? undefined : (chosen?.params[gainName] ?? defaults?.[gainName])) ?? 1);
  const colour = chosen?.colour ?? 'grey';
  const raster = useMemo(
    () => (drawn === undefined ? undefined : mapRaster(drawn, gain, colour)),
    [drawn, gain, colour],
  );
  if (chosen === undefined) return nothing;
  if (state?.state === 'failed') return { ...nothing, error: { cause: state.error } };
  if (drawn === undefined) return { ...nothing, busy: true };
  const { legend } = drawn;
  return {
    ...{ raster, frame: drawn.frame ?? undefined, busy: ready === undefined, error: undefined, note: undefined },
    quantity: {
      ...{ map: drawn, min: 0, max: legend.max, unit: legend.unit, gain, colour },
      label: `methods/${chosen.method}:measures.${legend.label}`,
    },
  };
}
