import { resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as bundle from '../../../src/contract/bundle-operations.ts';
import * as laboratory from '../../../src/contract/laboratory-operations.ts';
import * as models from '../../../src/contract/model-operations.ts';
import type { Operation } from '../../../src/contract/operation.ts';
import * as main from '../../../src/contract/operations.ts';
import * as seal from '../../../src/contract/seal-operations.ts';
import { commandsFor } from '../../../src/cli/commands-for.ts';
import { buildProgram } from '../../../src/cli/run-command-line.ts';
import type { Session } from '../../../src/cli/session.ts';

const page = resolve(import.meta.dirname, '../../../docs/json-output.md');

/** The operation whose output each command prints. */
const printed: Readonly<Record<string, Operation>> = {
  triage: main.triage,
  new: main.createCase,
  add: main.addExhibits,
  examine: main.examine,
  report: main.writeReport,
  sign: main.signReport,
  'timestamp request': seal.requestTimestamp,
  'timestamp import': seal.importTimestamp,
  verify: main.verify,
  reproduce: laboratory.reproduceCase,
  validate: laboratory.validateInstallation,
  export: bundle.exportBundle,
  'export-data': bundle.caseData,
  import: bundle.importBundle,
  'hashlist list': bundle.listHashLists,
  'hashlist remove': bundle.removeHashList,
  'hashlist import': bundle.importHashList,
  'hashlist export': bundle.exportHashList,
  methods: main.listMethods,
  'identity new': main.createIdentity,
  'identity import': seal.importIdentity,
  'identity show': main.showIdentity,
  'identity recipient': bundle.makeRecipient,
  'identity passphrase': seal.changeIdentityPassphrase,
  'identity revoke': seal.revokeIdentity,
  'trust add': seal.addTrust,
  'trust list': seal.listTrust,
  'trust remove': seal.removeTrust,
  'model add': models.addModel,
  'model list': models.listModels,
  'model remove': models.removeModel,
  doctor: main.doctor,
  demo: main.demo,
  forge: main.forge,
};

interface Schema {
  readonly type?: string | string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

const choices = ({ anyOf, oneOf }: Schema): readonly Schema[] | undefined => anyOf ?? oneOf;

/** What a value is, in a word or two. */
function kind(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const several = choices(schema);
  if (several !== undefined) return [...new Set(several.map(kind))].join(' | ');
  return [schema.type ?? 'any'].flat().join(' | ');
}

/** One line for each field, at every depth: its path, `?` where it may be missing, and what it is. */
function lines(schema: Schema, path: string, optional: boolean): string[] {
  const own = path === '' ? [] : [`${path}${optional ? '?' : ''}: ${kind(schema)}`];
  const parts = [schema, ...(choices(schema) ?? [])];
  const below = parts.flatMap(({ properties = {}, required = [], items, additionalProperties }) => [
    ...Object.entries(properties).flatMap(([name, part]) =>
      lines(part, path === '' ? name : `${path}.${name}`, !required.includes(name)),
    ),
    ...(items === undefined ? [] : lines(items, `${path}[]`, false)),
    ...(typeof additionalProperties === 'object' ? lines(additionalProperties, `${path}.<name>`, false) : []),
  ]);
  return [...new Set([...own, ...below])];
}

function leaves(command: Command, before: string): { name: string; json: boolean }[] {
  return command.commands.flatMap((one) => {
    const name = `${before}${one.name()}`;
    if (one.commands.length > 0) return leaves(one, `${name} `);
    return [{ name, json: one.options.some(({ long }) => long === '--json') }];
  });
}

describe('what commands print with --json', () => {
  it('is listed for every command that has the option', async () => {
    const session = {
      text: (key: string) => key,
      stdout: process.stdout,
      stderr: process.stderr,
    } as unknown as Session;
    const all = leaves(buildProgram(session, await commandsFor(undefined), '1.2.3'), '');
    expect(
      all
        .filter(({ json }) => json)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(printed).sort());
    // The window prints nothing that a program could use.
    expect(all.filter(({ json }) => !json).map(({ name }) => name)).toEqual(['open']);
  });

  it('is published field by field', async () => {
    // After a wanted change: npx vitest run --project unit tests/unit/cli/json-output -u
    const sections = Object.entries(printed).map(([command, { output }]) => {
      const schema = z.toJSONSchema(output, { reused: 'inline', unrepresentable: 'any' }) as Schema;
      return [`## assay ${command}`, '', '```text', ...lines(schema, '', false), '```', ''].join('\n');
    });
    const text = [
      '# What `--json` prints',
      '',
      'With `--json` a command prints one JSON object on standard output and everything else on standard error. A command that ends before it has an answer (2, 3 or 130) prints none.',
      '`[]` is each element of a list, `<name>` each field of an object whose names are not fixed, `?` a field that may be missing. `code` of findings, `reason` and `method` are keys: their words are in `resources/locales`.',
      '',
      ...sections,
    ].join('\n');
    await expect(text).toMatchFileSnapshot(page);
  });
});
