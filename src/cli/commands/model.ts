import type { Text } from '../../base/text.ts';
import { visibleText } from '../../base/visible-text.ts';
import { addModel, listModels, removeModel, type RegisteredModel } from '../../contract/model-operations.ts';
import { addModelOperation, listModelsOperation, removeModelOperation } from '../../workbench/operations/models.ts';
import { withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

/** `assay model add|list|remove` */
export const registerModel: Register = (program, session) => {
  const { text } = session;
  const model = program.command('model').description(text('cli:commands.model'));
  const add = model
    .command('add')
    .description(text('cli:commands.modelAdd'))
    .argument('<folder>', text('cli:arguments.modelFolder'));
  withExamples(withCommonOptions(add, text), text, ['assay model add sync-model']).action(
    async (path: string, options: CommonOptions) => {
      await perform(session, addModel, addModelOperation, { path }, options, ({ added }) => [
        ...present(added, text),
        text('cli:model.use', { digest: added.digest }),
      ]);
    },
  );
  const list = model.command('list').description(text('cli:commands.modelList'));
  withExamples(withCommonOptions(list, text), text, ['assay model list']).action(async (options: CommonOptions) => {
    await perform(session, listModels, listModelsOperation, {}, options, ({ models }) =>
      models.length === 0 ? [text('cli:model.none')] : models.flatMap((one) => present(one, text)),
    );
  });
  const remove = model
    .command('remove')
    .description(text('cli:commands.modelRemove'))
    .argument('<digest>', text('cli:arguments.modelDigest'));
  withExamples(withCommonOptions(remove, text), text, ['assay model remove 7bfa237e45aee410']).action(
    async (digest: string, options: CommonOptions) => {
      await perform(session, removeModel, removeModelOperation, { digest }, options, ({ removed }) => [
        ...present(removed, text),
        text('cli:model.removed'),
      ]);
    },
  );
};

function present({ digest, card, sizeBytes }: RegisteredModel, text: Text): string[] {
  const { name, version, licence } = card;
  return [
    text('cli:model.model', { name: visibleText(name), version: visibleText(version), digest }),
    `  ${text('cli:model.about', { licence: visibleText(licence), size: Math.ceil(sizeBytes / 1024) })}`,
  ];
}
