import { Option } from 'commander';
import type { Text } from '../../base/text.ts';
import { visibleText } from '../../base/visible-text.ts';
import { addTrust, listTrust, removeTrust, type TrustEntry } from '../../contract/seal-operations.ts';
import { addTrustOperation, listTrustOperation, removeTrustOperation } from '../../workbench/operations/trust.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface AddOptions extends CommonOptions {
  readonly for?: 'signers' | 'timestamps';
}

/** `assay trust add|list|remove` */
export const registerTrust: Register = (program, session) => {
  const { text } = session;
  const trust = program.command('trust').description(text('cli:commands.trust'));
  const add = trust
    .command('add')
    .description(text('cli:commands.trustAdd'))
    .argument('<file>', text('cli:arguments.trusted'))
    .addOption(new Option('--for <purpose>', text('cli:options.trustFor')).choices(['signers', 'timestamps']));
  withExamples(withCommonOptions(add, text), text, [
    'assay trust add partner.pem',
    'assay trust add timestamp-authority.pem --for timestamps',
    'assay trust add partner-revoked.json',
  ]).action(async (path: string, options: AddOptions) => {
    await perform(
      session,
      addTrust,
      addTrustOperation,
      { path, ...given({ purpose: options.for }) },
      options,
      ({ added }) => [...present(added, text), text('cli:trust.compare')],
    );
  });
  const list = trust.command('list').description(text('cli:commands.trustList'));
  withExamples(withCommonOptions(list, text), text, ['assay trust list']).action(async (options: CommonOptions) => {
    await perform(session, listTrust, listTrustOperation, {}, options, ({ entries }) =>
      entries.length === 0 ? [text('cli:trust.none')] : present(entries, text),
    );
  });
  const remove = trust
    .command('remove')
    .description(text('cli:commands.trustRemove'))
    .argument('<fingerprint>', text('cli:arguments.fingerprint'));
  withExamples(withCommonOptions(remove, text), text, ['assay trust remove 7bfa237e45aee410']).action(
    async (fingerprint: string, options: CommonOptions) => {
      await perform(session, removeTrust, removeTrustOperation, { fingerprint }, options, ({ removed }) => [
        ...present(removed, text),
        text('cli:trust.removed', { count: removed.length }),
      ]);
    },
  );
};

function present(entries: readonly TrustEntry[], text: Text): string[] {
  return entries.flatMap(({ purpose, name, fingerprint, words, isAuthority, validUntil, revokedSince }) => [
    text(`cli:trust.${purpose}`, { name: visibleText(name), fingerprint }),
    `  ${text('cli:trust.words', { words })}`,
    ...(isAuthority ? [`  ${text('cli:trust.authority')}`] : []),
    ...(validUntil === null ? [] : [`  ${text('cli:trust.validUntil', { validUntil })}`]),
    ...(revokedSince === null ? [] : [`  ${text('cli:verify.revokedSince', { at: revokedSince })}`]),
  ]);
}
