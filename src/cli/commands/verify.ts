import { visibleText } from '../../base/visible-text.ts';
import type { Text } from '../../base/text.ts';
import type { Check } from '../../base/check.ts';
import { verify } from '../../contract/operations.ts';
import { verifyOperation } from '../../workbench/operations/verify.ts';
import { collect, withCommonOptions, withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay verify <path>`: exit status 0 only when nothing failed. */
export const registerVerify: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('verify')
    .description(text('cli:commands.verify'))
    .argument('<path>', text('cli:arguments.path'))
    .option('--trusted <certificate>', text('cli:options.trusted'), collect, []);
  withExamples(withCommonOptions(command, text), text, [
    'assay verify cases/2026-014',
    'assay verify cases/2026-014/reports/R001 --trusted examiner.pem',
  ]).action(async (path: string, options: CommonOptions & { trusted: string[] }) => {
    await perform(
      session,
      verify,
      verifyOperation,
      { path, trusted: options.trusted },
      options,
      (output) => [
        ...output.checks.map((check) => presentCheck(check, text)),
        ...output.signers.map(({ name, fingerprint }) => text('cli:verify.signer', { name, fingerprint })),
        text(`cli:verify.${output.outcome}`, {
          count: output.checks.filter(({ outcome }) => outcome === 'failed').length,
        }),
      ],
      (output) => (output.outcome === 'invalid' ? exitCode.invalid : exitCode.done),
    );
  });
};

/** `passed  custody  …` */
function presentCheck(check: Check, text: Text): string {
  const key = ['report', 'case', 'seal']
    .map((namespace) => `${namespace}:checks.${check.code}.${check.outcome}`)
    .find((candidate) => text.has(candidate));
  const words = key === undefined ? check.code : text(key, { subject: visibleText(check.subject), ...check.details });
  return `${text(`cli:verify.${check.outcome}`).padEnd(12)}${visibleText(check.subject)}: ${visibleText(words)}`;
}
