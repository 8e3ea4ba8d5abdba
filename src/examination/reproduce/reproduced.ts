import type { ProgramIdentity } from '../result.ts';

/** The first thing in which two results differ. */
export interface Difference {
  /** `findings[0].measures.offset.value` in result.json, or `artefact <name>`. */
  readonly where: string;
  /** As canonical JSON, cut short; `absent` where there is nothing. */
  readonly recorded: string;
  readonly found: string;
}

/** Why a result could not be made again. */
export type CannotReason =
  /** The exhibit's copy is not what was taken in. */
  | 'evidence-changed'
  /** The recorded result is not what the custody log says. */
  | 'record-changed'
  | 'method-unknown'
  /** This Assay's method does not take the recorded parameters. */
  | 'parameters-unknown'
  | 'tool-missing'
  /** Reference material that the parameters name, such as a hash list, is not on this machine. */
  | 'reference-missing'
  /** It ran and failed here, which it did not when it was recorded. */
  | 'failed-here';

/** A program that a result names, as it was then and as it is here. */
export interface ComparedProgram {
  readonly name: string;
  readonly recorded: Omit<ProgramIdentity, 'name'> | undefined;
  readonly here: Omit<ProgramIdentity, 'name'> | undefined;
  readonly same: boolean;
}

/** One recorded examination, made again. */
export interface ReproducedExamination {
  readonly exhibitId: string;
  /** Key of the recorded examination. */
  readonly key: string;
  readonly method: { readonly id: string; readonly recordedVersion: number; readonly versionHere: number | undefined };
  readonly outcome: 'identical' | 'different' | 'cannot';
  readonly reason?: CannotReason;
  /** What the reason speaks of: the program that is missing, how it failed. */
  readonly about?: string;
  readonly difference?: Difference;
  readonly programs: readonly ComparedProgram[];
  /** SHA-256 of the recorded result.json. */
  readonly recordedSha256?: string;
}
