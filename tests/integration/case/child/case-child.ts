import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isAssayError } from '../../../../src/base/errors.ts';
import { createCase } from '../../../../src/case/create-case.ts';
import { addExhibits } from '../../../../src/case/intake/add-exhibits.ts';
import { openCase } from '../../../../src/case/open-case.ts';
import { ensurePracticeIdentity, unlockPracticeIdentity } from '../../../../src/seal/identity/practice-identity.ts';

/*
 * A process of its own for tests that kill it, take its rights away, or give it a small disk.
 * Arguments: what to do, the folder of the app's state, the case, and paths to take in.
 * Answers one line of JSON per thing that happened.
 */
const [what = '', home = '', folder = '', ...paths] = process.argv.slice(2);
const clock = () => new Date();
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function run(): Promise<void> {
  const identity = await ensurePracticeIdentity({ folder: join(home, 'identity'), clock });
  const unlock = () => unlockPracticeIdentity(identity);
  const common = { folder, identity, unlock, state: home, clock, randomUuid: randomUUID };
  if (what === 'create') {
    const made = await createCase({ ...common, title: 'T', examiner: 'E', language: 'en', timeZone: 'UTC' });
    await made.close();
    return;
  }
  const opened = await openCase({ ...common, mode: 'write' });
  say({ opened: true, recovered: opened.recovered });
  if (what === 'hold') {
    await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  } else {
    const outcomes = await addExhibits(opened, paths, {
      role: 'questioned',
      progress: ({ done }) => {
        if (done > 0) say({ done });
      },
      onOutcome: (outcome) => say({ outcome: outcome.outcome, path: outcome.path }),
    });
    say({
      outcomes: outcomes.map((outcome) => ({
        path: outcome.path,
        ...(outcome.outcome === 'refused'
          ? { outcome: 'refused', ...outcome.refusal }
          : { outcome: outcome.outcome, id: outcome.exhibit.id, name: outcome.exhibit.name }),
      })),
    });
  }
  await opened.close();
}

try {
  await run();
} catch (error) {
  say({ error: isAssayError(error) ? error.toValue() : String(error) });
  process.exitCode = 3;
}
