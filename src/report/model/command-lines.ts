import type { ReportedExamination, ReportedExhibit } from './report-model.ts';

export type Run = NonNullable<ReportedExamination['run']>['runs'][number];

/** One command line with its number in the list of its exhibit. */
export interface CommandLine {
  readonly number: number;
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** How it went; absent where it was not started, but gives one method's input alone. */
  readonly run?: Run;
}

/** Every different command line of one exhibit, and which of them belong to an examination. */
export interface CommandLines {
  readonly list: readonly CommandLine[];
  /** Numbers of those that ran for it. */
  ran(examination: ReportedExamination): readonly number[];
  /** Numbers of those that give its input alone. */
  alone(examination: ReportedExamination): readonly number[];
}

/**
 * Numbers the command lines of an exhibit, so that each is printed once and referred to by number: one start of a program
 * serves several methods, and a line of ffprobe fills a third of a page.
 */
export function commandLines(exhibit: ReportedExhibit): CommandLines {
  const list: CommandLine[] = [];
  const byRun = new Map<string, number>();
  const byArgv = new Map<string, number>();
  const add = (argv: readonly string[], run?: Run): number => {
    const number = list.length + 1;
    list.push({ number, argv, ...(run === undefined ? {} : { run }) });
    const line = JSON.stringify(argv);
    if (!byArgv.has(line)) byArgv.set(line, number);
    return number;
  };
  for (const { run } of exhibit.examinations) {
    for (const one of run?.runs ?? []) {
      if (!byRun.has(identityOf(one))) byRun.set(identityOf(one), add([one.program, ...one.arguments], one));
    }
  }
  for (const { commands } of exhibit.examinations) {
    for (const argv of commands) if (!byArgv.has(JSON.stringify(argv))) add(argv);
  }
  const numbers = (ids: readonly (number | undefined)[]) =>
    [...new Set(ids.filter((id) => id !== undefined))].sort((a, b) => a - b);
  return {
    list,
    ran: ({ run }) => numbers((run?.runs ?? []).map((one) => byRun.get(identityOf(one)))),
    alone: ({ commands }) => numbers(commands.map((argv) => byArgv.get(JSON.stringify(argv)))),
  };
}

/** The same start of a program is recorded with every examination that used it. */
function identityOf({ sharedWith: _, ...run }: Run): string {
  return JSON.stringify(run);
}
