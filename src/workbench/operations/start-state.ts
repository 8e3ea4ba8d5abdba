import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { startState } from '../../contract/window-operations.ts';
import { pseudoLanguage } from '../../base/pseudo-catalogues.ts';
import { caseFiles } from '../../case/case-layout.ts';
import { loadIdentity } from '../../seal/identity/load-identity.ts';
import { minimumPassphraseLength } from '../../seal/key/passphrase.ts';
import type { Engine } from '../engine.ts';
import { machineZone } from '../machine-zone.ts';
import { identityFolder } from '../signer.ts';
import { stateFiles } from '../state-files.ts';
import type { WindowSession } from '../window-session.ts';

/** Identifies the programs that the first view of an exhibit needs, while the person still reads the start view. */
function getReady({ toolbox }: Engine): void {
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
  quietly(toolbox.find('ffprobe'));
  quietly(toolbox.find('ffmpeg'));
  quietly(toolbox.sandbox());
  quietly(toolbox.limiter());
}

/** Answers `app.start`: what the start view shows. */
export async function startStateOperation({
  engine,
  open,
  language,
}: WindowSession): Promise<z.infer<typeof startState.output>> {
  getReady(engine);
  const identity = await loadIdentity(identityFolder(engine));
  const recent = await Promise.all(
    (await stateFiles(engine.state).recent()).map(async (known) => ({
      ...known,
      present: await isThere(join(known.folder, caseFiles.record)),
    })),
  );
  const languages = (await readdir(join(engine.home, 'resources/locales'))).sort();
  return {
    assay: engine.version,
    open,
    recent,
    identity:
      identity === undefined
        ? null
        : {
            name: identity.name,
            words: identity.fingerprintWords.join(' '),
            fingerprint: identity.fingerprint,
            practice: identity.practice,
          },
    languages,
    language: languages.includes(language) || language === pseudoLanguage ? language : 'en',
    timeZone: machineZone(),
    minimumPassphraseLength,
    sampleFolder: join(engine.env['HOME'] ?? engine.env['USERPROFILE'] ?? homedir(), 'assay-demo'),
    notes: (await engine.toolbox.sandbox()).kind === 'none' ? ['no-sandbox'] : [],
  };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
