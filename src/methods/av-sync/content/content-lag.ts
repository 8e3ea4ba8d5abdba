import type { FindingInput } from '../../../base/finding.ts';

/**
 * How far the voice is from the lips. FORENSIC: this version does not look at pictures or sound, and says so by name, so that
 * nobody takes the container's timing for a measurement of lips.
 */
export function contentLag(pictureStream: number, soundStream: number): FindingInput {
  return {
    code: 'content-lag',
    outcome: 'abstained',
    reason: 'content-level-not-in-this-version',
    details: { picture: pictureStream, sound: soundStream },
    limits: ['normal-sync-never-clears'],
  };
}
