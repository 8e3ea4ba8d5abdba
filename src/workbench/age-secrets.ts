import { AssayError } from '../base/errors.ts';
import { readKeptPassphrase } from '../seal/identity/identity-folder.ts';
import { loadIdentity } from '../seal/identity/load-identity.ts';
import { openAgeKey } from '../seal/recipient/age-key.ts';
import type { Engine } from './engine.ts';
import type { OperationContext } from './operation-context.ts';
import { identityFolder, practiceFolder } from './signer.ts';

/**
 * The age secrets of this machine's identities: the examiner's, whose passphrase is asked for, and the practice
 * identity's.
 *
 * @throws AssayError `passphrase-needed`, `wrong-passphrase`
 */
export async function ageSecrets(
  engine: Engine,
  context: Pick<OperationContext, 'passphrase'>,
): Promise<readonly string[]> {
  const secrets: (string | undefined)[] = [];
  const practice = await loadIdentity(practiceFolder(engine));
  if (practice !== undefined) secrets.push(await openAgeKey(practice, await readKeptPassphrase(practice.folder)));
  const own = await loadIdentity(identityFolder(engine));
  if (own?.ageRecipient !== undefined) {
    if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: own.name });
    secrets.push(await openAgeKey(own, await context.passphrase('decrypt')));
  }
  return secrets.filter((secret) => secret !== undefined);
}
