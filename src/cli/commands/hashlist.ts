import type { Command } from 'commander';
import type { z } from 'zod';
import type { Text } from '../../base/text.ts';
import { visibleText } from '../../base/visible-text.ts';
import {
  exportHashList,
  importHashList,
  listHashLists,
  removeHashList,
  type HashList,
} from '../../contract/bundle-operations.ts';
import {
  exportHashListOperation,
  importHashListOperation,
  listHashListsOperation,
  removeHashListOperation,
} from '../../workbench/operations/hash-lists.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions, type Session } from '../session.ts';

/** `assay hashlist import|export|list|remove` */
export const registerHashlist: Register = (program, session) => {
  const { text } = session;
  const command = program.command('hashlist').description(text('cli:commands.hashlist'));
  registerImport(command, session);
  registerExport(command, session);
  const list = command.command('list').description(text('cli:commands.hashlistList'));
  withExamples(withCommonOptions(list, text), text, ['assay hashlist list']).action(async (options: CommonOptions) => {
    await perform(
      session,
      listHashLists,
      (engine) => listHashListsOperation(engine),
      {},
      options,
      ({ lists }) =>
        lists.length === 0 ? [text('cli:hashlist.none')] : lists.flatMap((kept) => presentList(kept, text)),
    );
  });
  const remove = command
    .command('remove')
    .description(text('cli:commands.hashlistRemove'))
    .argument('<list>', text('cli:arguments.hashlist'));
  withExamples(withCommonOptions(remove, text), text, ['assay hashlist remove 3f2a91bc7d10']).action(
    async (digest: string, options: CommonOptions) => {
      await perform(session, removeHashList, removeHashListOperation, { digest }, options, (output) => [
        text('cli:hashlist.removed', { digest: output.digest }),
      ]);
    },
  );
};

function registerImport(command: Command, session: Session): void {
  const { text } = session;
  const add = command
    .command('import')
    .description(text('cli:commands.hashlistImport'))
    .argument('<file>', text('cli:arguments.hashlistFile'))
    .option('--name <name>', text('cli:options.listName'))
    .option('--source <words>', text('cli:options.listSource'))
    .option('--date <YYYY-MM-DD>', text('cli:options.listDate'));
  withExamples(withCommonOptions(add, text, true), text, [
    'assay hashlist import partner-list.txt',
    'assay hashlist import sums.txt --name "Debunked 2026" --source "Press council" --date 2026-11-20',
  ]).action(async (path: string, options: CommonOptions & { name?: string; source?: string; date?: string }) => {
    const { name, source, date } = options;
    await perform(
      session,
      importHashList,
      importHashListOperation,
      { path, ...given({ name, source, date }) },
      options,
      ({ list }) => presentList(list, text),
    );
  });
}

function registerExport(command: Command, session: Session): void {
  const { text } = session;
  const out = command
    .command('export')
    .description(text('cli:commands.hashlistExport'))
    .argument('<list>', text('cli:arguments.hashlist'))
    .requiredOption('--out <file>', text('cli:options.listOut'));
  withExamples(withCommonOptions(out, text), text, ['assay hashlist export 3f2a91bc7d10 --out debunked.txt']).action(
    async (digest: string, options: CommonOptions & { out: string }) => {
      await perform(
        session,
        exportHashList,
        exportHashListOperation,
        { digest, out: options.out },
        options,
        (output) => [
          text('cli:hashlist.exported', { list: visibleText(output.list), signature: visibleText(output.signature) }),
        ],
      );
    },
  );
}

function presentList(list: z.infer<typeof HashList>, text: Text): string[] {
  const { digest, name, source, date, entries, signer } = list;
  const who = signer === null ? 'unsigned' : signer.practice ? 'practice' : signer.trusted ? 'trusted' : 'unknown';
  return [
    text('cli:hashlist.list', { digest: digest.slice(0, 12), name: visibleText(name), date, entries }),
    text('cli:hashlist.source', { source: visibleText(source) }),
    text(`cli:hashlist.signed.${who}`, { name: visibleText(signer?.name ?? '') }),
  ];
}
