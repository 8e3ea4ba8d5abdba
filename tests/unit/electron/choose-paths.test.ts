import { describe, expect, it } from 'vitest';
import { answerChoosePaths } from '../../../electron/choose-paths.ts';
import { choosePathsChannel } from '../../../electron/channel.ts';
import { electronStandIn } from './stand-in.ts';

function asked() {
  const started = electronStandIn();
  const { ipcMain, dialog } = started.electron;
  answerChoosePaths(ipcMain, dialog, {} as never);
  const mainFrame = { url: 'assay://window/' };
  const answer = started.ipc.get(choosePathsChannel) as unknown as (
    event: unknown,
    request: unknown,
  ) => Promise<readonly string[]>;
  return { ...started, answer, ofPage: { sender: { mainFrame }, senderFrame: mainFrame }, mainFrame };
}

describe('the native dialog', () => {
  it('lets several files be chosen', async () => {
    const { answer, ofPage, dialogs } = asked();
    expect(await answer(ofPage, { kind: 'files', title: 'Add evidence', startAt: '/media' })).toEqual([
      '/evidence/a.mp4',
    ]);
    expect(dialogs).toEqual([
      {
        kind: 'open',
        options: {
          title: 'Add evidence',
          defaultPath: '/media',
          properties: ['openFile', 'multiSelections', 'dontAddToRecent', 'showHiddenFiles'],
        },
      },
    ]);
  });

  it('lets one folder be chosen', async () => {
    const { answer, ofPage, dialogs } = asked();
    await answer(ofPage, { kind: 'folder', title: 'Open a case' });
    expect(dialogs[0]?.options).toMatchObject({ properties: expect.arrayContaining(['openDirectory']) as unknown });
  });

  it('answers nothing where the person cancels', async () => {
    const { answer, ofPage } = asked();
    expect(await answer(ofPage, { kind: 'save', title: 'Save the bundle' })).toEqual([]);
  });

  it.each([
    ['a frame inside the page', (page: { url: string }) => ({ mainFrame: page, senderFrame: { url: page.url } })],
    ['a page of another origin', () => same({ url: 'https://example.org/' })],
    ['an origin that only begins alike', () => same({ url: 'assay://window.example.org/' })],
    ['a frame that is gone', (page: { url: string }) => ({ mainFrame: page, senderFrame: null })],
  ])('shows nothing to %s', async (_who, sender) => {
    const { answer, dialogs, mainFrame } = asked();
    const { mainFrame: main, senderFrame } = sender(mainFrame);
    expect(await answer({ sender: { mainFrame: main }, senderFrame }, { kind: 'files', title: 'x' })).toEqual([]);
    expect(dialogs).toEqual([]);
  });

  it.each([
    { kind: 'anything', title: 'x' },
    { kind: 'files', title: 'x'.repeat(201) },
    { kind: 'files', title: 'x', properties: ['openDirectory'] },
    'files',
  ])('takes no request that is not of its shape: %j', async (request) => {
    const { answer, ofPage, dialogs } = asked();
    await expect(answer(ofPage, request)).rejects.toThrow();
    expect(dialogs).toEqual([]);
  });
});

function same<T>(frame: T): { mainFrame: T; senderFrame: T } {
  return { mainFrame: frame, senderFrame: frame };
}
