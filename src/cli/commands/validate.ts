import { visibleText } from '../../base/visible-text.ts';
import { validateInstallation } from '../../contract/laboratory-operations.ts';
import { validateOperation } from '../../workbench/operations/validate.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { perform, type CommonOptions } from '../session.ts';
import { shellLine } from '../../base/shell-line.ts';

const codes = { passed: exitCode.done, failed: exitCode.invalid, incomplete: exitCode.environment } as const;

/** `assay validate [folder]`: exit status 0 passed, 1 failed, 3 where something could not be asked. */
export const registerValidate: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('validate')
    .description(text('cli:commands.validate'))
    .argument('[folder]', text('cli:arguments.validation'), 'assay-validation')
    .option('--language <tag>', text('cli:options.language'));
  withExamples(withCommonOptions(command, text, true), text, ['assay validate validation/2026-03']).action(
    async (folder: string, options: CommonOptions & { language?: string }) => {
      await perform(
        session,
        validateInstallation,
        validateOperation,
        { folder, title: text('validation:title'), ...given({ language: options.language }) },
        options,
        (output) => [
          ...output.trials.map(({ id, area, medium, expected, measured, outcome }) => {
            const about = text.has(`methods/${area}:title`) ? `methods/${area}:title` : `validation:areas.${area}`;
            const line = `${text(about)}: ${text(`validation:trials.${id}`)}${medium === undefined ? '' : ` (${medium})`}`;
            return `${text(`validation:trialOutcomes.${outcome}`).padEnd(17)}${line}: ${visibleText(measured)}${
              outcome === 'passed' ? '' : text('cli:validate.expected', { expected })
            }`;
          }),
          ...output.programs.map(({ name, version, sha256 }) => `${name} ${visibleText(version)} sha256 ${sha256}`),
          text(`cli:validate.${output.outcome}`, {
            count: output.trials.length,
            failed: output.trials.filter(({ outcome }) => outcome === 'failed').length,
          }),
          text('cli:validate.record', { html: output.html }),
          ...(output.practice ? [text('cli:report.practice')] : []),
          text('cli:report.check', { folder: shellLine([output.folder]) }),
        ],
        (output) => codes[output.outcome],
      );
    },
  );
};
