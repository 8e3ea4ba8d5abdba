import type { z } from 'zod';
import type { Text } from '../../base/text.ts';
import { visibleText } from '../../base/visible-text.ts';
import { reproduceCase } from '../../contract/laboratory-operations.ts';
import { reproduceOperation } from '../../workbench/operations/reproduce.ts';
import { withCommonOptions, withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { perform, type CommonOptions } from '../session.ts';

type Reproduction = z.infer<typeof reproduceCase.output>;

const codes: Readonly<Record<Reproduction['outcome'], number>> = {
  identical: exitCode.done,
  different: exitCode.invalid,
  cannot: exitCode.environment,
  nothing: exitCode.environment,
};

/** `assay reproduce <case|bundle>`: exit status 0 identical, 1 different, 3 where something could not be made again. */
export const registerReproduce: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('reproduce')
    .description(text('cli:commands.reproduce'))
    .argument('<case>', text('cli:arguments.reproduced'))
    .argument('[exhibits...]', text('cli:arguments.exhibits'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay reproduce cases/2026-014',
    'assay reproduce from-partner.zip --json',
  ]).action(async (path: string, exhibits: string[], options: CommonOptions) => {
    await perform(
      session,
      reproduceCase,
      reproduceOperation,
      { path, ...(exhibits.length > 0 ? { exhibits } : {}) },
      options,
      (output) => present(output, text),
      (output) => codes[output.outcome],
    );
  });
};

function present(output: Reproduction, text: Text): string[] {
  return [
    ...output.examinations.flatMap((one) => {
      const title = text.has(`methods/${one.method}:title`) ? text(`methods/${one.method}:title`) : one.method;
      return [
        `${text(`cli:reproduce.outcomes.${one.outcome}`).padEnd(12)}${one.exhibit}  ${visibleText(title)}`,
        ...(one.reason === null
          ? []
          : [`  ${text(`cli:reproduce.reasons.${one.reason}`, { about: visibleText(one.about ?? '') })}`]),
        ...(one.difference === null ? [] : [`  ${text('cli:reproduce.difference', visible(one.difference))}`]),
      ];
    }),
    ...presentPrograms(output, text),
    text(`cli:reproduce.whole.${output.outcome}`, {
      identical: output.identical,
      different: output.different,
      cannot: output.cannot,
    }),
  ];
}

/** Every program once, as the results name it and as it is here. */
function presentPrograms({ examinations }: Reproduction, text: Text): string[] {
  const lines = examinations.flatMap(({ programs }) =>
    programs.map(({ name, recorded, here, same }) =>
      text(`cli:reproduce.programs.${same ? 'same' : 'other'}`, {
        name,
        recorded: program(recorded, text),
        here: program(here, text),
      }),
    ),
  );
  return [...new Set(lines)].sort();
}

function program(one: Reproduction['examinations'][number]['programs'][number]['here'], text: Text): string {
  return one === null
    ? text('cli:reproduce.programs.none')
    : `${visibleText(one.version)} (${one.sha256.slice(0, 16)})`;
}

function visible(difference: { where: string; recorded: string; found: string }) {
  return {
    where: visibleText(difference.where),
    recorded: visibleText(difference.recorded),
    found: visibleText(difference.found),
  };
}
