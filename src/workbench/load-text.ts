import { join } from 'node:path';
import { createText, type Text } from '../base/text.ts';
import { loadCatalogues } from '../report/load-catalogues.ts';

/** The words of one language from the package's resources, with English beneath. */
export async function loadText(home: string, language: string): Promise<Text> {
  return createText(await loadCatalogues(join(home, 'resources'), language), language);
}
