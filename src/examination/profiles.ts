/**
 * Named lists of methods. `triage` is what a first look needs and stays within a small multiple of one bare decode;
 * `full` is every method there is.
 */
export const profiles = {
  triage: ['file-type', 'container', 'metadata', 'packets', 'frames', 'audio', 'av-sync', 'ela'],
  full: 'all',
} as const satisfies Readonly<Record<string, readonly string[] | 'all'>>;

export type ProfileName = keyof typeof profiles;

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
