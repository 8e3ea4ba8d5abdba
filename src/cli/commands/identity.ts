import type { z } from 'zod';
import type { Text } from '../../base/text.ts';
import { createIdentity, showIdentity } from '../../contract/operations.ts';
import { createIdentityOperation, showIdentityOperation } from '../../workbench/operations/identity.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface NewIdentityOptions extends CommonOptions {
  readonly name: string;
  readonly organisation?: string;
  readonly country?: string;
}

/** `assay identity new|show` */
export const registerIdentity: Register = (program, session) => {
  const { text } = session;
  const identity = program.command('identity').description(text('cli:commands.identity'));
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
  const show = identity.command('show').description(text('cli:commands.identityShow'));
  withExamples(withCommonOptions(show, text), text, ['assay identity show']).action(async (options: CommonOptions) => {
    await perform(session, showIdentity, showIdentityOperation, {}, options, (output) =>
      output.identity === null ? [text('cli:identity.none')] : presentIdentity(output.identity, text),
    );
  });
};

function presentIdentity(identity: z.infer<typeof createIdentity.output>['identity'], text: Text): string[] {
  const { name, fingerprint, words, createdAt, validUntil, certificate, practice } = identity;
  return [
    text('cli:identity.name', { name }),
    text('cli:identity.fingerprint', { fingerprint }),
    text('cli:identity.words', { words }),
    text('cli:identity.created', { createdAt }),
    text('cli:identity.validUntil', { validUntil }),
    text('cli:identity.certificate', { certificate }),
    ...(practice ? [text('cli:identity.practice')] : []),
  ];
}
