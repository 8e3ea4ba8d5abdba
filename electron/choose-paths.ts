import type { BrowserWindow, Dialog, IpcMain, IpcMainInvokeEvent, OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { ChoosePaths } from '../src/contract/native.ts';
import { choosePathsChannel } from './channel.ts';
import { windowOrigin } from './origin.ts';

const Asked = z.strictObject({
  kind: z.enum(['files', 'folder', 'save']),
  title: z.string().max(200),
  startAt: z.string().max(4096).optional(),
}) satisfies z.ZodType<ChoosePaths>;

const open = ['dontAddToRecent', 'showHiddenFiles'] as const;
const properties: Readonly<Record<'files' | 'folder', NonNullable<OpenDialogOptions['properties']>>> = {
  files: ['openFile', 'multiSelections', ...open],
  folder: ['openDirectory', 'createDirectory', ...open],
};

/** Answers the page's wish for the system's own dialog. Nothing is read or written: the page learns paths, no more. */
export function answerChoosePaths(ipcMain: IpcMain, dialog: Dialog, window: BrowserWindow): void {
  ipcMain.handle(choosePathsChannel, async (event, request: unknown): Promise<readonly string[]> => {
    if (!isFromThePage(event)) return [];
    const { kind, title, startAt } = Asked.parse(request);
    const common = { title, ...(startAt === undefined ? {} : { defaultPath: startAt }) };
    if (kind === 'save') {
      const { filePath } = await dialog.showSaveDialog(window, {
        ...common,
        properties: ['createDirectory', 'dontAddToRecent', 'showOverwriteConfirmation'],
      });
      return filePath === '' ? [] : [filePath];
    }
    return (await dialog.showOpenDialog(window, { ...common, properties: properties[kind] })).filePaths;
  });
}

/** SECURITY: the app's own page only, never a frame inside it such as the report's preview. */
function isFromThePage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return (
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    new URL(senderFrame.url).href.startsWith(`${windowOrigin}/`)
  );
}
