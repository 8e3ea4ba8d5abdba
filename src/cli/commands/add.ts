import { Option } from 'commander';
import { addExhibits } from '../../contract/operations.ts';
import { addExhibitsOperation } from '../../workbench/operations/add-exhibits.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { intakeExitCode, presentIntake } from '../present-intake.ts';
import { perform, type CommonOptions } from '../session.ts';

interface AddOptions extends CommonOptions {
  readonly role?: 'questioned' | 'reference';
  readonly source?: string;
}

/** `assay add <case> <file…> [--role …] [--source …]` */
export const registerAdd: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('add')
    .description(text('cli:commands.add'))
    .argument('<case>', text('cli:arguments.case'))
    .argument('<files...>', text('cli:arguments.files'))
    .addOption(new Option('--role <role>', text('cli:options.role')).choices(['questioned', 'reference']))
    .option('--source <text>', text('cli:options.source'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay add cases/2026-014 clip.mp4 --source "sent by the editor on 3 May"',
    'assay add cases/2026-014 originals/ --role reference',
  ]).action(async (folder: string, files: string[], options: AddOptions) => {
    const { role, source } = options;
    await perform(
      session,
      addExhibits,
      addExhibitsOperation,
      { folder, files, ...given({ role, source }) },
      options,
      presentIntake,
      intakeExitCode,
    );
  });
};
