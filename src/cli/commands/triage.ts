import { basename } from 'node:path';
import { Option } from 'commander';
import { triage } from '../../contract/operations.ts';
import { triageOperation } from '../../workbench/operations/triage.ts';
import {
  given,
  methodChoice,
  withCommonOptions,
  withExamples,
  withMethodOptions,
  type MethodOptions,
  type Register,
} from '../command.ts';
import { examinedExitCode } from '../examined-exit-code.ts';
import { exitCode } from '../exit-code.ts';
import { presentExamined } from '../present-examined.ts';
import { intakeExitCode, presentIntake } from '../present-intake.ts';
import { presentReport } from '../present-report.ts';
import { perform, type CommonOptions } from '../session.ts';

interface TriageOptions extends CommonOptions, MethodOptions {
  readonly out?: string;
  readonly title?: string;
  readonly reference?: string;
  readonly examiner?: string;
  readonly role?: 'questioned' | 'reference';
  readonly source?: string;
  readonly language?: string;
  readonly timeZone?: string;
}

/** `assay triage <file…> --out <case>` */
export const registerTriage: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('triage')
    .description(text('cli:commands.triage'))
    .argument('<files...>', text('cli:arguments.files'))
    .option('--out <case>', text('cli:options.out'))
    .option('--title <title>', text('cli:options.title'))
    .option('--reference <number>', text('cli:options.reference'))
    .option('--examiner <name>', text('cli:options.examiner'))
    .addOption(new Option('--role <role>', text('cli:options.role')).choices(['questioned', 'reference']))
    .option('--source <text>', text('cli:options.source'))
    .option('--language <tag>', text('cli:options.language'))
    .option('--time-zone <zone>', text('cli:options.timeZone'));
  withExamples(withMethodOptions(withCommonOptions(command, text, true), text), text, [
    'assay triage suspect.mp4 --out cases/suspect',
    'assay triage suspect.mp4 still.jpg --out cases/suspect --json > result.json',
  ]).action(async (files: string[], options: TriageOptions) => {
    const { title, reference, examiner, role, source, language, timeZone } = options;
    const folder = options.out ?? `${basename(files[0] ?? 'case').replace(/\.[^.]*$/, '')}-case`;
    await perform(
      session,
      triage,
      triageOperation,
      {
        folder,
        files,
        ...given({ title, reference, examiner, role, source, language, timeZone }),
        ...methodChoice(options),
      },
      options,
      (output) => [
        text('cli:case.title', { title: output.case.title, folder: output.case.folder }),
        ...presentIntake(output, text),
        ...presentExamined(output.exhibits, text),
        ...presentReport(output.report, text),
      ],
      (output) => {
        const intake = intakeExitCode(output);
        return intake === exitCode.done ? examinedExitCode(output.exhibits) : intake;
      },
    );
  });
};
