import type { Sandbox } from './sandbox.ts';
import type { Tool, ToolName } from './tool.ts';

/** The external programs of this machine: found and identified once, and run in one way. */
export interface Toolbox {
  /**
   * The program, identified; undefined where it is missing. With `anew` it is run to say its version, whatever is known.
   * Throws `tool-unusable` for a file that is no such program.
   */
  find(name: ToolName, options?: { readonly anew?: boolean }): Promise<Tool | undefined>;
  /** The program, identified. Throws `tool-missing`, or `tool-unusable`. */
  require(name: ToolName): Promise<Tool>;
  /** How programs are confined here. */
  sandbox(): Promise<Sandbox>;
  /** Program that sets the limits of a process (`prlimit`), where there is one. */
  limiter(): Promise<string | undefined>;
  /** Runs that are going on, so that processor time is only ascribed to a run that was alone. */
  readonly activity: ToolActivity;
}

export interface ToolActivity {
  running: number;
  started: number;
}
