import { examine } from '../../contract/operations.ts';
import { examineOperation } from '../../workbench/operations/examine.ts';
import {
  methodChoice,
  withCommonOptions,
  withExamples,
  withMethodOptions,
  type MethodOptions,
  type Register,
} from '../command.ts';
import { examinedExitCode } from '../examined-exit-code.ts';
import { presentExamined } from '../present-examined.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay examine <case> [E001…] [--profile …|--methods …] [--set …]` */
export const registerExamine: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('examine')
    .description(text('cli:commands.examine'))
    .argument('<case>', text('cli:arguments.case'))
    .argument('[exhibits...]', text('cli:arguments.exhibits'));
  withExamples(withMethodOptions(withCommonOptions(command, text, true), text), text, [
    'assay examine cases/2026-014 --profile full',
    'assay examine cases/2026-014 E001 E003 --methods ela,metadata --set ela.quality=95',
  ]).action(async (folder: string, exhibits: string[], options: CommonOptions & MethodOptions) => {
    await perform(
      session,
      examine,
      examineOperation,
      { folder, ...(exhibits.length > 0 ? { exhibits } : {}), ...methodChoice(options) },
      options,
      (output) => [
        ...presentExamined(output.exhibits, text),
        output.ran === 0
          ? text('cli:examined.nothingRan', { cached: output.cached })
          : text('cli:examined.ran', { ran: output.ran, cached: output.cached }),
      ],
      (output) => examinedExitCode(output.exhibits),
    );
  });
};
