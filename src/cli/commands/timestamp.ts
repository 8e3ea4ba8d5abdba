import { AssayError } from '../../base/errors.ts';
import { visibleText } from '../../base/visible-text.ts';
import { importTimestamp, requestTimestamp } from '../../contract/seal-operations.ts';
import { importTimestampOperation, requestTimestampOperation } from '../../workbench/operations/timestamp.ts';
import { collect, given, withCommonOptions, withExamples, type Register } from '../command.ts';
import { perform, type CommonOptions } from '../session.ts';
import { shellLine } from '../../base/shell-line.ts';

interface RequestOptions extends CommonOptions {
  readonly signature?: string;
  readonly out: string;
}

interface ImportOptions extends CommonOptions {
  readonly ca: readonly string[];
  readonly request?: string;
  readonly out?: string;
}

/** `assay timestamp request|import` */
export const registerTimestamp: Register = (program, session) => {
  const { text } = session;
  const timestamp = program.command('timestamp').description(text('cli:commands.timestamp'));
  const request = timestamp
    .command('request')
    .description(text('cli:commands.timestampRequest'))
    .argument('<report>', text('cli:arguments.report'))
    .option('--signature <number>', text('cli:options.signature'))
    .option('--out <folder>', text('cli:options.requestOut'), '.');
  withExamples(withCommonOptions(request, text), text, [
    'assay timestamp request cases/2026-014/reports/R001 --out /media/stick',
  ]).action(async (path: string, options: RequestOptions) => {
    await perform(
      session,
      requestTimestamp,
      requestTimestampOperation,
      { path, out: options.out, ...given({ signature: numberOf(options.signature) }) },
      options,
      ({ requests }) => [
        ...requests.flatMap((one) => [
          text('cli:timestamp.request', { of: one.of, request: one.request }),
          `  ${text('cli:timestamp.qr', { qr: one.qr })}`,
          `  ${text('cli:timestamp.imprint', { sha256: one.sha256 })}`,
        ]),
        text('cli:timestamp.next', { report: shellLine([path]) }),
      ],
    );
  });
  const bring = timestamp
    .command('import')
    .description(text('cli:commands.timestampImport'))
    .argument('<report>', text('cli:arguments.report'))
    .argument('<answer>', text('cli:arguments.answer'))
    .option('--ca <certificate>', text('cli:options.timestampCa'), collect, [])
    .option('--request <file>', text('cli:options.request'))
    .option('--out <folder>', text('cli:options.stampedOut'));
  withExamples(withCommonOptions(bring, text, true), text, [
    'assay timestamp import cases/2026-014/reports/R001 R001-signature-1.tsr --ca authority.pem',
  ]).action(async (path: string, file: string, options: ImportOptions) => {
    await perform(
      session,
      importTimestamp,
      importTimestampOperation,
      { path, file, authorities: [...options.ca], ...given({ request: options.request, out: options.out }) },
      options,
      (output) => [
        text('cli:timestamp.attests', { by: visibleText(output.by), of: output.of, at: output.at }),
        text('cli:timestamp.written', { written: output.written }),
        text('cli:timestamp.keep'),
      ],
    );
  });
};

function numberOf(value: string | undefined): number | 'pdf' | undefined {
  if (value === undefined || value === 'pdf') return value;
  if (!/^[1-9]\d{0,3}$/.test(value))
    throw new AssayError('setting-invalid', { setting: '--signature', problem: value });
  return Number(value);
}
