import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { startState } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { loadSettings } from '../state/settings.ts';
import { loadWindowText, TextProvider } from '../text/text-context.tsx';
import { App, views } from './app.tsx';

/** Asks the engine what there is, loads the words, and puts the window on the page. */
export async function startWindow(render: (page: ReactNode) => void): Promise<void> {
  const [start] = await Promise.all([call(startState, {}), loadSettings(), views.start.fetch()]);
  const text = await loadWindowText(start.language);
  document.documentElement.lang = start.language;
  // Answers of the engine do not go stale by themselves; what changes them invalidates them.
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  queries.setQueryData([startState.name, {}], start);
  render(
    <QueryClientProvider client={queries}>
      <TextProvider text={text}>
        <App open={start.open} />
      </TextProvider>
    </QueryClientProvider>,
  );
}
