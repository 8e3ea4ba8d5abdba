import { listMethods } from '../../contract/operations.ts';
import { listMethodsOperation } from '../../workbench/operations/list-methods.ts';
import { withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay methods` */
export const registerMethods: Register = (program, session) => {
  const { text } = session;
  const command = program.command('methods').description(text('cli:commands.methods'));
  withExamples(withCommonOptions(command, text), text, ['assay methods', 'assay methods --json']).action(
    async (options: CommonOptions) => {
      await perform(session, listMethods, listMethodsOperation, {}, options, (output) => [
        ...output.methods.flatMap((method) => [
          `${method.id} ${method.version}: ${text(`methods/${method.id}:title`)}. ${text(`methods/${method.id}:question`)}`,
          ...parameterLines(method.parameters).map((parameters) => text('cli:methods.parameters', { parameters })),
          ...method.limits.map((limit) =>
            text('cli:methods.limits', { limit: text(`methods/${method.id}:limits.${limit}`) }),
          ),
        ]),
        ...Object.entries(output.profiles).map(([name, ids]) =>
          text('cli:methods.profile', { name, methods: ids.join(', ') }),
        ),
      ]);
    },
  );
};

interface ParameterSchema {
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

function parameterLines(schema: Readonly<Record<string, unknown>>): string[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, ParameterSchema>>;
  const parts = Object.entries(properties).map(([name, property]) => {
    const range =
      property.enum !== undefined
        ? ` (${property.enum.map(String).join(' | ')})`
        : property.minimum !== undefined && property.maximum !== undefined
          ? ` (${property.minimum}…${property.maximum})`
          : '';
    return `${name}=${JSON.stringify(property.default)}${range}`;
  });
  return parts.length === 0 ? [] : [parts.join(', ')];
}
