import { visibleText } from '../../base/visible-text.ts';
import { caseData } from '../../contract/bundle-operations.ts';
import { caseDataOperation } from '../../workbench/operations/case-data.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface DataOptions extends CommonOptions {
  readonly out: string;
  readonly language?: string;
}

/** `assay export-data <case> [E001…] --out <folder>` */
export const registerExportData: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('export-data')
    .description(text('cli:commands.exportData'))
    .argument('<case>', text('cli:arguments.case'))
    .argument('[exhibits...]', text('cli:arguments.exhibits'))
    .requiredOption('--out <folder>', text('cli:options.dataOut'))
    .option('--language <tag>', text('cli:options.language'));
  withExamples(withCommonOptions(command, text), text, [
    'assay export-data cases/2026-014 --out 2026-014-data',
    'assay export-data cases/2026-014 E001 --out markers',
  ]).action(async (folder: string, exhibits: string[], options: DataOptions) => {
    await perform(
      session,
      caseData,
      caseDataOperation,
      { folder, exhibits, out: options.out, ...given({ language: options.language }) },
      options,
      (output) => [
        ...output.files.map((file) => visibleText(file)),
        text('cli:bundle.data', { files: output.files.length, folder: visibleText(output.out) }),
      ],
    );
  });
};
