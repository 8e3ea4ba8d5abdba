import { probeNetworkNamespace } from '../tools/network-namespace.ts';
import type { Engine } from './engine.ts';
import { findBrowser } from './find-browser.ts';
import { findElectron } from './find-electron.ts';

export { withoutNetwork } from '../tools/network-namespace.ts';

/** The programs of this machine that can show the window. Each is undefined where it is missing. */
export interface WindowPrograms {
  readonly electron: string | undefined;
  readonly browser: string | undefined;
  /** Where it can take the network from the browser. */
  readonly bubblewrap: string | undefined;
}

/** Looks for what can show the window. Nothing is fetched, nothing is started but bubblewrap's trial. */
export async function findWindowPrograms({ home, env }: Engine): Promise<WindowPrograms> {
  const { platform } = process;
  const [electron, browser, bubblewrap] = await Promise.all([
    findElectron(home, env),
    findBrowser(env, platform),
    probeNetworkNamespace({ env, platform }),
  ]);
  return { electron, browser, bubblewrap };
}
