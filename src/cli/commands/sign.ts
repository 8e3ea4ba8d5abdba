import { Option } from 'commander';
import { visibleText } from '../../base/visible-text.ts';
import { signReport } from '../../contract/operations.ts';
import { signReportOperation } from '../../workbench/operations/sign-report.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';
import { shellLine } from '../../base/shell-line.ts';

interface SignOptions extends CommonOptions {
  readonly role?: 'examiner' | 'reviewer';
  readonly comment?: string;
}

/** `assay sign <report> [--role examiner|reviewer] [--comment …]` */
export const registerSign: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('sign')
    .description(text('cli:commands.sign'))
    .argument('<report>', text('cli:arguments.report'))
    .addOption(new Option('--role <role>', text('cli:options.signerRole')).choices(['examiner', 'reviewer']))
    .option('--comment <words>', text('cli:options.comment'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay sign cases/2026-014/reports/R001 --role reviewer --comment "Read and agreed."',
  ]).action(async (path: string, options: SignOptions) => {
    await perform(
      session,
      signReport,
      signReportOperation,
      { path, ...given({ role: options.role, comment: options.comment }) },
      options,
      (output) => [
        text('cli:sign.signed', {
          name: visibleText(output.name),
          role: text(`report:signer-roles.${output.role}`),
          signature: output.signature,
        }),
        text('cli:sign.words', { words: output.words }),
        ...(output.practice ? [text('cli:identity.practice')] : []),
        text('cli:report.check', { folder: shellLine([output.path]) }),
      ],
    );
  });
};
