import { Option } from 'commander';
import { visibleText } from '../../base/visible-text.ts';
import { checkCaseFolder } from '../../workbench/check-case-folder.ts';
import { findWindowPrograms } from '../../workbench/window-programs.ts';
import { withExamples, type Register } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { chooseWindow, windowKinds, type WindowKind } from '../window/choose-window.ts';

interface OpenOptions {
  readonly window?: WindowKind;
  readonly language?: string;
}

/** `assay open [case]`: shows the window and waits until it is closed. Ctrl-C closes it, and the case, in order. */
export const registerOpen: Register = (program, session) => {
  const { text, stdout, stderr } = session;
  const command = program
    .command('open')
    .description(text('cli:commands.open'))
    .argument('[case]', text('cli:arguments.case'))
    .addOption(new Option('--window <program>', text('cli:options.window')).choices(windowKinds))
    .option('--language <tag>', text('cli:options.windowLanguage'));
  withExamples(command, text, ['assay open', 'assay open cases/suspect', 'assay open --window chromium']).action(
    async (folder: string | undefined, options: OpenOptions) => {
      // Before anything is opened: a wrong path is said at once, not in an empty window.
      const open = folder === undefined ? undefined : await checkCaseFolder(folder);
      const engine = await session.engine();
      const isRoot = process.getuid?.() === 0;
      const { env } = engine;
      const programs = await findWindowPrograms(engine);
      const choice = chooseWindow({ programs, env, platform: process.platform, isRoot }, options.window);
      const say = (line: string): void => void stdout.write(`${line}\n`);
      const why = text(`cli:open.why.${choice.reason}`);
      say(text(`cli:open.${choice.kind}`, { path: visibleText(choice.executable), why }));
      for (const note of choice.notes) say(text(`cli:open.notes.${note}`));
      session.signal.addEventListener('abort', () => say(text('cli:open.closing')), { once: true });
      // Driving a browser is a large library; every other command starts without it.
      const { openWindow } = await import('../window/open-window.ts');
      await openWindow(engine, {
        choice,
        language: options.language ?? env['ASSAY_LANGUAGE'] ?? 'en',
        isRoot,
        signal: session.signal,
        onNamespaceFailed: (reason) => say(text('cli:open.notes.namespace-failed', { reason })),
        onCrash: () => say(text('cli:open.notes.crashed')),
        onDefect: (error) => void stderr.write(`${describe(error, text)}\n`),
        ...(open === undefined ? {} : { open }),
      });
      session.exitCode = exitCode.done;
    },
  );
};

function describe(error: unknown, text: (key: string, values: { what: string }) => string): string {
  return text('errors:defect', { what: visibleText(error instanceof Error ? (error.stack ?? '') : String(error)) });
}
