import { Option, type Command } from 'commander';
import { AssayError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import type { Session } from './session.ts';

/** Adds one command to the program. */
export type Register = (program: Command, session: Session) => void;

/** Options that every command has, with their words. */
export function withCommonOptions(command: Command, text: Text, passphrase = false): Command {
  command.option('--json', text('cli:options.json')).option('--quiet', text('cli:options.quiet'));
  if (passphrase) command.option('--passphrase-file <file>', text('cli:options.passphraseFile'));
  return command;
}

/** Options that choose methods and their parameters. */
export function withMethodOptions(command: Command, text: Text): Command {
  return command
    .addOption(new Option('--profile <name>', text('cli:options.profile')).conflicts('methods'))
    .option('--methods <ids>', text('cli:options.methods'), (value) => value.split(',').map((id) => id.trim()))
    .option('--set <method.parameter=value>', text('cli:options.set'), collect, [])
    .option('--again', text('cli:options.again'));
}

export interface MethodOptions {
  readonly profile?: string;
  readonly methods?: readonly string[];
  readonly set: readonly string[];
  readonly again?: boolean;
}

/** The method options as the contract takes them. Throws `wrong-use` for a setting without its equals sign. */
export function methodChoice(options: MethodOptions): {
  profile?: string;
  methods?: string[];
  settings: Record<string, string>;
  again?: boolean;
} {
  return {
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.methods === undefined ? {} : { methods: [...options.methods] }),
    settings: Object.fromEntries(options.set.map(settingOf)),
    ...(options.again === undefined ? {} : { again: options.again }),
  };
}

function settingOf(text: string): [string, string] {
  const match = /^([\w-]+\.[\w.-]+)=(.*)$/s.exec(text);
  if (!match) throw new AssayError('setting-invalid', { setting: text, problem: '<method>.<parameter>=<value>' });
  return [match[1] ?? '', match[2] ?? ''];
}

/** Gathers an option that may be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Ends a command's help with lines that can be copied. */
export function withExamples(command: Command, text: Text, lines: readonly string[]): Command {
  return command.addHelpText('after', ['', text('cli:examples'), ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** Leaves out what was not given, so that optional stays absent. */
export function given<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
