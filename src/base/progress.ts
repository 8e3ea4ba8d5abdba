/** One step of long work. `total` is absent while it is unknown. `stage` is a locale key under `cli.stages`. */
export interface ProgressEvent {
  readonly stage: string;
  readonly subject?: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'frames' | 'ms' | 'items';
  /** What is known of the subject now, for those who show more than a bar. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export type Progress = (event: ProgressEvent) => void;

export const silent: Progress = () => undefined;
