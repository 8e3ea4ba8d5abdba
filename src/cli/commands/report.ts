import { writeReport } from '../../contract/operations.ts';
import { writeReportOperation } from '../../workbench/operations/write-report.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { presentReport } from '../present-report.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay report <case>` */
export const registerReport: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('report')
    .description(text('cli:commands.report'))
    .argument('<case>', text('cli:arguments.case'))
    .option('--language <tag>', text('cli:options.language'))
    .option('--note', text('cli:options.note'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay report cases/2026-014',
    'assay report cases/2026-014 --note',
  ]).action(async (folder: string, options: CommonOptions & { language?: string; note?: boolean }) => {
    await perform(
      session,
      writeReport,
      writeReportOperation,
      { folder, ...given({ language: options.language, note: options.note }) },
      options,
      (output) => presentReport(output.report, text),
    );
  });
};
