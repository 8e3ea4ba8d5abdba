/**
 * Named lists of methods. `triage` is what a first look needs and stays within a small multiple of one bare decode;
 * `full` is every method there is.
 */
export const profiles = {
  triage: ['file-type', 'container', 'metadata', 'packets', 'frames', 'audio', 'av-sync', 'ela'],
  full: 'all',
} as const satisfies Readonly<Record<string, readonly string[] | 'all'>>;

/**
 * Parameters by `<method>.<parameter>` that a profile sets; what is asked for by name wins. Comparing voice and lips costs more
 * than all else together, so a first look leaves it out and says so (ADR 0013). Error levels of a film's frames cannot be read at all
 * (its README says why), so a first look makes the map of one.
 */
export const profileSettings: Readonly<Record<keyof typeof profiles, Readonly<Record<string, string>>>> = {
  triage: { 'av-sync.content': 'skip', 'ela.frames': '1' },
  full: {},
};

export type ProfileName = keyof typeof profiles;

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
