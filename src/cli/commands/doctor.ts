import { doctor } from '../../contract/operations.ts';
import { doctorOperation } from '../../workbench/operations/doctor.ts';
import { withCommonOptions, withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay doctor`: exit status 3 when something that is required is missing. */
export const registerDoctor: Register = (program, session) => {
  const { text } = session;
  const command = program.command('doctor').description(text('cli:commands.doctor'));
  withExamples(withCommonOptions(command, text), text, ['assay doctor --json']).action(
    async (options: CommonOptions) => {
      await perform(
        session,
        doctor,
        doctorOperation,
        {},
        options,
        (output) => [
          `Assay ${output.assay}, Node ${output.node}, ${output.platform}`,
          ...output.programs.flatMap(({ name, needed, path, version, sha256, fix }) =>
            path === null || version === null
              ? [
                  text('cli:doctor.missing', { name, needed: text(`cli:doctor.${needed}`) }),
                  ...(fix === null ? [] : [`  ${text(`cli:fixes.${fix}`)}`]),
                ]
              : [
                  text('cli:doctor.program', { name, version }),
                  text('cli:doctor.path', { path }),
                  ...(sha256 === null ? [] : [text('cli:doctor.sha256', { sha256 })]),
                ],
          ),
          output.sandbox === 'none'
            ? text('cli:doctor.noSandbox')
            : text('cli:doctor.sandbox', { sandbox: output.sandbox }),
          text(output.complete ? 'cli:doctor.complete' : 'cli:doctor.incomplete'),
        ],
        (output) => (output.complete ? exitCode.done : exitCode.environment),
      );
    },
  );
};
