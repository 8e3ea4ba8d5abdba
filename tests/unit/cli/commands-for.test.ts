import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandsFor } from '../../../src/cli/commands-for.ts';
import { buildProgram } from '../../../src/cli/run-command-line.ts';
import type { Session } from '../../../src/cli/session.ts';

const session = { text: (key: string) => key, stdout: process.stdout, stderr: process.stderr } as unknown as Session;
const names = async (first: string | undefined): Promise<string[]> =>
  buildProgram(session, await commandsFor(first), '1.2.3').commands.map((command: Command) => command.name());

describe('commandsFor', () => {
  it('loads the command that is named, and no other', async () => {
    expect(await names('examine')).toEqual(['examine']);
    expect(await names('export-data')).toEqual(['export-data']);
  });

  it.each([undefined, '--help', 'help', 'exmine', 'toString'])(
    'loads all for %s, for the help lists them',
    async (first) => {
      const files = readdirSync(join(import.meta.dirname, '../../../src/cli/commands'));
      expect((await names(first)).sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort());
    },
  );

  it('names every command as its file is named', async () => {
    for (const name of await names(undefined)) expect(await names(name)).toEqual([name]);
  });
});
