import { createCase } from '../../contract/operations.ts';
import { createCaseOperation } from '../../workbench/operations/create-case.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface NewOptions extends CommonOptions {
  readonly title: string;
  readonly examiner: string;
  readonly reference?: string;
  readonly language?: string;
  readonly timeZone?: string;
}

/** `assay new <case> --title … --examiner …` */
export const registerNew: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('new')
    .description(text('cli:commands.new'))
    .argument('<case>', text('cli:arguments.case'))
    .requiredOption('--title <title>', text('cli:options.title'))
    .requiredOption('--examiner <name>', text('cli:options.examiner'))
    .option('--reference <number>', text('cli:options.reference'))
    .option('--language <tag>', text('cli:options.language'))
    .option('--time-zone <zone>', text('cli:options.timeZone'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay new cases/2026-014 --title "Interview clip" --reference 2026-014 --examiner "A. Analyst"',
  ]).action(async (folder: string, options: NewOptions) => {
    const { title, examiner, reference, language, timeZone } = options;
    await perform(
      session,
      createCase,
      createCaseOperation,
      { folder, title, examiner, ...given({ reference, language, timeZone }) },
      options,
      (output) => [text('cli:case.created', { title: output.case.title, folder: output.case.folder })],
    );
  });
};
