import { join } from 'node:path';
import { pseudoCatalogues, pseudoLanguage } from '../../base/pseudo-catalogues.ts';
import { loadCatalogues } from '../../report/load-catalogues.ts';
import type { Source } from '../handle.ts';

/** `GET /locales/<language>`: the window's words, with English beneath. */
export function localeFiles(home: string): Source {
  return async (url) => {
    const language = /^\/locales\/([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$/.exec(url.pathname)?.[1];
    if (language === undefined) return undefined;
    const catalogues = await loadCatalogues(join(home, 'resources'), language);
    return Response.json(language === pseudoLanguage ? pseudoCatalogues(catalogues) : catalogues);
  };
}
