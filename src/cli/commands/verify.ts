import { verify } from '../../contract/operations.ts';
import { verifyOperation } from '../../workbench/operations/verify.ts';
import { collect, withCommonOptions, withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { presentVerification } from '../present-verification.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay verify <path>`: exit status 0 only when nothing failed. */
export const registerVerify: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('verify')
    .description(text('cli:commands.verify'))
    .argument('<path>', text('cli:arguments.path'))
    .option('--trusted <certificate>', text('cli:options.trusted'), collect, [])
    .option('--timestamp-ca <certificate>', text('cli:options.timestampCa'), collect, []);
  withExamples(withCommonOptions(command, text, true), text, [
    'assay verify cases/2026-014',
    'assay verify cases/2026-014/reports/R001 --trusted examiner.pem',
  ]).action(async (path: string, options: CommonOptions & { trusted: string[]; timestampCa: string[] }) => {
    await perform(
      session,
      verify,
      verifyOperation,
      { path, trusted: options.trusted, timestampAuthorities: options.timestampCa },
      options,
      (output) => presentVerification(output, text),
      (output) => (output.outcome === 'invalid' ? exitCode.invalid : exitCode.done),
    );
  });
};
