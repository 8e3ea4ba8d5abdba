/**
 * Leaves a walk from any depth when a bound is reached. Never crosses the edge of this folder: `walkStructure`
 * turns it into `Structure.truncatedBy`.
 */
export class WalkStopped extends Error {
  override readonly name = 'WalkStopped';
  readonly bound: 'nodes' | 'bytes';

  constructor(bound: 'nodes' | 'bytes') {
    super(`walk stopped by its bound on ${bound}`);
    this.bound = bound;
  }
}
