import { forge } from '../../contract/operations.ts';
import { forgeOperation } from '../../workbench/operations/forge.ts';
import { AssayError } from '../../base/errors.ts';
import { given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';

interface ForgeOptions extends CommonOptions {
  readonly spec?: string;
  readonly seed?: string;
  readonly seconds?: string;
  readonly size?: string;
  readonly lead?: string;
}

/** `assay forge <clip> [--spec file] [--seed n] [--seconds n] [--size WxH] [--lead ms]` */
export const registerForge: Register = (program, session) => {
  const { text } = session;
  const command = program
    .command('forge')
    .description(text('cli:commands.forge'))
    .argument('<clip>', text('cli:options.clipOut'))
    .option('--spec <file>', text('cli:options.spec'))
    .option('--seed <number>', text('cli:options.seed'))
    .option('--seconds <number>', text('cli:options.seconds'))
    .option('--size <WxH>', text('cli:options.size'))
    .option('--lead <ms>', text('cli:options.shift'));
  withExamples(withCommonOptions(command, text), text, [
    'assay forge lab/speaker.mp4 --seconds 12 --size 640x360 --lead 160',
    'assay forge lab/edited.mp4 --spec edited.json',
  ]).action(async (path: string, options: ForgeOptions) => {
    await perform(
      session,
      forge,
      forgeOperation,
      {
        path,
        ...given({ specPath: options.spec }),
        spec: {
          ...given({
            seed: numberOf('--seed', options.seed),
            seconds: numberOf('--seconds', options.seconds),
            audioLeadMs: numberOf('--lead', options.lead),
          }),
          ...sizeOf(options.size),
        },
      },
      options,
      (output) => [text('cli:forge.written', { clip: output.clip, truth: output.truth })],
    );
  });
};

function numberOf(setting: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || value.trim() === '')
    throw new AssayError('setting-invalid', { setting, problem: value });
  return number;
}

function sizeOf(value: string | undefined): { width: number; height: number } | undefined {
  if (value === undefined) return undefined;
  const match = /^(\d+)[x×](\d+)$/.exec(value);
  if (match === null) throw new AssayError('setting-invalid', { setting: '--size', problem: value });
  return { width: Number(match[1]), height: Number(match[2]) };
}
