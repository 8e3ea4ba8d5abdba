import { createElement, lazy, useState, type ComponentType, type ReactElement } from 'react';

/** A component whose code is fetched when it is first shown, or before. */
export interface PromptComponent<P extends object> {
  (props: P): ReactElement;
  /** Fetches the code; settles once it is there. */
  fetch(): Promise<void>;
}

/**
 * A component that is loaded late, and shown at once where its code is there. React's own `lazy` shows what stands in for it even then,
 * and leaves that standing for 300 ms.
 */
export function promptComponent<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): PromptComponent<P> {
  let known: ComponentType<P> | undefined;
  let fetching: Promise<{ default: ComponentType<P> }> | undefined;
  const fetchOnce = (): Promise<{ default: ComponentType<P> }> => {
    fetching ??= load().then((module) => {
      known = module.default;
      return module;
    });
    // What could not be had is asked for again.
    fetching.catch(() => (fetching = undefined));
    return fetching;
  };
  const Late = lazy(fetchOnce);
  function Prompt(props: P): ReactElement {
    // One kind for as long as it is shown: a change would throw away what the person did in it.
    const [shown] = useState(() => ({ component: (known ?? Late) as ComponentType<P> }));
    return createElement(shown.component, props);
  }
  return Object.assign(Prompt, {
    fetch: async () => {
      await fetchOnce();
    },
  });
}
