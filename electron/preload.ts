import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { nativeWindowName, type NativeWindow } from '../src/contract/native.ts';
import { choosePathsChannel } from './channel.ts';

/** SECURITY: all that the page gets beyond the web; two functions, neither of which reads or writes a file. */
const native: NativeWindow = {
  pathOfFile: (file) => webUtils.getPathForFile(file),
  choosePaths: (request) => ipcRenderer.invoke(choosePathsChannel, request) as Promise<readonly string[]>,
};

contextBridge.exposeInMainWorld(nativeWindowName, native);
