import type { HashLists } from '../bundle/hash-list/hash-lists.ts';
import { chosenMethodIds, settingsOfProfile, type MethodChoice } from '../examination/chosen-methods.ts';

const method = 'known-files';
const setting = `${method}.lists`;

/**
 * Has every exhibit looked up in the hash lists of this machine: a profile gets the method where there are lists, and the
 * method gets all of them where nobody named some. Their digests become parameters, so that a result says what was asked.
 */
export async function withKnownFiles<C extends MethodChoice>(choice: C, lists: HashLists): Promise<C> {
  const digests = await lists.digests();
  if (digests.length === 0) return choice;
  const ids = chosenMethodIds(choice);
  const isChosen = ids.includes(method);
  if (!isChosen && choice.methods !== undefined) return choice;
  // The method joins by naming them all, and what the profile sets goes with it.
  const settings = { ...settingsOfProfile(choice), [setting]: digests, ...choice.settings };
  if (isChosen) return { ...choice, settings };
  const { profile: _profile, ...rest } = choice;
  return { ...(rest as C), methods: [...ids, method], settings };
}
