import { visibleText } from '../../base/visible-text.ts';
import { importBundle } from '../../contract/bundle-operations.ts';
import { importBundleOperation } from '../../workbench/operations/import-bundle.ts';
import { collect, given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface ImportOptions extends CommonOptions {
  readonly to: string;
  readonly trusted: string[];
  readonly acceptOlder?: boolean;
}

/** `assay import <bundle> --to <folder>` */
export const registerImport: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('import')
    .description(text('cli:commands.import'))
    .argument('<bundle>', text('cli:arguments.bundle'))
    .requiredOption('--to <folder>', text('cli:options.importTo'))
    .option('--trusted <certificate>', text('cli:options.trusted'), collect, [])
    .option('--accept-older', text('cli:options.acceptOlder'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay import 2026-014.zip --to cases/2026-014',
    'assay import 2026-014.zip.age --to cases/2026-014 --trusted partner.pem',
  ]).action(async (path: string, options: ImportOptions) => {
    await perform(
      session,
      importBundle,
      importBundleOperation,
      { path, folder: options.to, trusted: options.trusted, ...given({ acceptOlder: options.acceptOlder }) },
      options,
      ({ case: made, sender, exhibits, entries, chapters, seenBefore }) => {
        const name = visibleText(sender.name);
        return [
          text('cli:bundle.imported', {
            title: visibleText(made.title),
            folder: visibleText(made.folder),
            exhibits,
            entries,
            chapters,
          }),
          text('cli:bundle.sender', { name, fingerprint: sender.fingerprint }),
          text('cli:bundle.words', { words: sender.words }),
          ...(seenBefore ? [text('cli:bundle.seenBefore')] : []),
          ...(sender.practice
            ? [text('cli:bundle.senderPractice')]
            : sender.trusted
              ? []
              : [text('cli:bundle.senderUnknown', { name })]),
        ];
      },
    );
  });
};
