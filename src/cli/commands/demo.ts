import { demo } from '../../contract/operations.ts';
import { demoOperation } from '../../workbench/operations/forge.ts';
import { withCommonOptions, withExamples, type Register } from '../command.ts';
import { presentExamined } from '../present-examined.ts';
import { presentReport } from '../present-report.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay demo [folder]`: evidence out of nothing, then the whole job on it. */
export const registerDemo: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('demo')
    .description(text('cli:commands.demo'))
    .argument('[folder]', text('cli:demo.out'), 'assay-demo');
  withExamples(withCommonOptions(command, text, true), text, ['assay demo', 'assay demo /tmp/assay-demo']).action(
    async (folder: string, options: CommonOptions) => {
      await perform(
        session,
        demo,
        demoOperation,
        { folder, title: text('cli:demo.title'), source: text('cli:demo.source') },
        options,
        (output) => [
          ...output.evidence.map((clip, index) => text('cli:demo.made', { clip, truth: output.truths[index] ?? '' })),
          ...presentExamined(output.exhibits, text),
          ...presentReport(output.report, text),
        ],
      );
    },
  );
};
