import { Option, type Command } from 'commander';
import { makeRecipient } from '../../contract/bundle-operations.ts';
import { createIdentity, showIdentity } from '../../contract/operations.ts';
import {
  changeIdentityPassphrase,
  importIdentity,
  revocationReasonNames,
  revokeIdentity,
} from '../../contract/seal-operations.ts';
import {
  changeIdentityPassphraseOperation,
  createIdentityOperation,
  importIdentityOperation,
  revokeIdentityOperation,
  showIdentityOperation,
} from '../../workbench/operations/identity.ts';
import { makeRecipientOperation } from '../../workbench/operations/make-recipient.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { presentIdentity } from '../present-identity.ts';
import { perform, type CommonOptions, type Session } from '../session.ts';
import { shellLine } from '../../base/shell-line.ts';

interface NewIdentityOptions extends CommonOptions {
  readonly name: string;
  readonly organisation?: string;
  readonly country?: string;
}

interface RevokeOptions extends CommonOptions {
  readonly since?: string;
  readonly reason?: (typeof revocationReasonNames)[number];
  readonly out?: string;
}

/** `assay identity new|import|show|passphrase|revoke` */
export const registerIdentity: Register = (program, session) => {
  const identity = program.command('identity').description(session.text('cli:commands.identity'));
  registerNew(identity, session);
  registerImport(identity, session);
  registerShow(identity, session);
  registerRecipient(identity, session);
  registerPassphrase(identity, session);
  registerRevoke(identity, session);
};

function registerNew(identity: Command, session: Session): void {
  const { text } = session;
  const create = identity
    .command('new')
    .description(text('cli:commands.identityNew'))
    .requiredOption('--name <name>', text('cli:options.name'))
    .option('--organisation <name>', text('cli:options.organisation'))
    .option('--country <code>', text('cli:options.country'));
  withExamples(withCommonOptions(create, text, true), text, [
    'assay identity new --name "A. Analyst" --organisation "Press Council" --country KZ',
    'assay identity new --name "A. Analyst" --passphrase-file passphrase.txt',
  ]).action(async (options: NewIdentityOptions) => {
    const { name, organisation, country } = options;
    await perform(
      session,
      createIdentity,
      createIdentityOperation,
      { name, ...given({ organisation, country }) },
      options,
      (output) => presentIdentity(output.identity, text),
    );
  });
}

function registerImport(identity: Command, session: Session): void {
  const { text } = session;
  const command = identity
    .command('import')
    .description(text('cli:commands.identityImport'))
    .argument('<file>', text('cli:arguments.pkcs12'))
    .option('--pkcs12-passphrase-file <file>', text('cli:options.pkcs12PassphraseFile'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay identity import analyst.p12',
    'assay identity import analyst.p12 --pkcs12-passphrase-file file-passphrase.txt --passphrase-file passphrase.txt',
  ]).action(async (path: string, options: CommonOptions) => {
    await perform(session, importIdentity, importIdentityOperation, { path }, options, (output) =>
      presentIdentity(output.identity, text),
    );
  });
}

function registerShow(identity: Command, session: Session): void {
  const { text } = session;
  const show = identity.command('show').description(text('cli:commands.identityShow'));
  withExamples(withCommonOptions(show, text), text, ['assay identity show']).action(async (options: CommonOptions) => {
    await perform(session, showIdentity, showIdentityOperation, {}, options, (output) =>
      output.identity === null ? [text('cli:identity.none')] : presentIdentity(output.identity, text),
    );
  });
}

function registerRecipient(identity: Command, session: Session): void {
  const { text } = session;
  const command = identity.command('recipient').description(text('cli:commands.identityRecipient'));
  withExamples(withCommonOptions(command, text, true), text, ['assay identity recipient']).action(
    async (options: CommonOptions) => {
      await perform(
        session,
        makeRecipient,
        (engine, _input, context) => makeRecipientOperation(engine, context),
        {},
        options,
        ({ recipient }) => [recipient],
      );
    },
  );
}

function registerPassphrase(identity: Command, session: Session): void {
  const { text } = session;
  const command = identity
    .command('passphrase')
    .description(text('cli:commands.identityPassphrase'))
    .option('--new-passphrase-file <file>', text('cli:options.newPassphraseFile'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay identity passphrase',
    'assay identity passphrase --passphrase-file old.txt --new-passphrase-file new.txt',
  ]).action(async (options: CommonOptions) => {
    await perform(
      session,
      changeIdentityPassphrase,
      changeIdentityPassphraseOperation,
      {},
      options,
      ({ identity: { name } }) => [text('cli:identity.passphraseChanged', { name })],
    );
  });
}

function registerRevoke(identity: Command, session: Session): void {
  const { text } = session;
  const command = identity
    .command('revoke')
    .description(text('cli:commands.identityRevoke'))
    .option('--since <time>', text('cli:options.since'))
    .addOption(new Option('--reason <reason>', text('cli:options.reason')).choices(revocationReasonNames))
    .option('--out <file>', text('cli:options.revocationOut'));
  withExamples(withCommonOptions(command, text, true), text, [
    'assay identity revoke --reason superseded --out analyst-revoked.json',
    'assay identity revoke --reason key-lost-to-others --since 2026-03-01T00:00:00Z --out analyst-revoked.json',
  ]).action(async (options: RevokeOptions) => {
    const { since, reason, out } = options;
    await perform(
      session,
      revokeIdentity,
      revokeIdentityOperation,
      given({ since, reason, out }),
      options,
      ({ identity: { name, revokedSince }, statement, copy }) => [
        text('cli:identity.revoked', { name, since: revokedSince ?? '' }),
        text('cli:identity.handOut', { statement: shellLine([copy ?? statement]) }),
      ],
    );
  });
}
