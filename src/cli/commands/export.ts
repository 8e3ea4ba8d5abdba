import { Option } from 'commander';
import { visibleText } from '../../base/visible-text.ts';
import { exportBundle } from '../../contract/bundle-operations.ts';
import { exportBundleOperation } from '../../workbench/operations/export-bundle.ts';
import { collect, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';
import { shellLine } from '../../base/shell-line.ts';

interface ExportOptions extends CommonOptions {
  readonly reportsOnly?: boolean;
  readonly withEvidence?: boolean;
  readonly to: string[];
  readonly out: string;
}

/** `assay export <case> [--reports-only | --with-evidence] [--to <recipient>…] --out <file>` */
export const registerExport: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('export')
    .description(text('cli:commands.export'))
    .argument('<case>', text('cli:arguments.case'))
    .option('--reports-only', text('cli:options.reportsOnly'))
    .addOption(new Option('--with-evidence', text('cli:options.withEvidence')).conflicts('reportsOnly'))
    .option('--to <recipient>', text('cli:options.to'), collect, [])
    .requiredOption('--out <file>', text('cli:options.bundleOut'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay export cases/2026-014 --out 2026-014-reports.zip',
    'assay export cases/2026-014 --with-evidence --to partner.pem --out 2026-014.zip.age',
  ]).action(async (folder: string, options: ExportOptions) => {
    await perform(
      session,
      exportBundle,
      exportBundleOperation,
      { folder, scope: options.withEvidence === true ? 'evidence' : 'reports', to: options.to, out: options.out },
      options,
      (output) => [
        text('cli:bundle.written', {
          path: visibleText(output.path),
          files: output.files,
          sizeBytes: output.sizeBytes,
        }),
        text('cli:bundle.sha256', { sha256: output.sha256 }),
        ...output.recipients.map((recipient) => text('cli:bundle.recipient', { recipient })),
        ...(output.recipients.length === 0 ? [text('cli:bundle.open')] : []),
        ...(output.practice ? [text('cli:report.practice')] : []),
        text(output.recipients.length === 0 ? 'cli:bundle.check' : 'cli:bundle.checkEncrypted', {
          path: shellLine([output.path]),
        }),
      ],
    );
  });
};
