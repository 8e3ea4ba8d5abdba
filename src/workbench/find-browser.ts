import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const onPath = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** Path of an installed Chromium or a browser built on it: `ASSAY_CHROMIUM`, the PATH, the platform's usual places. */
export async function findBrowser(env: Environment, platform: NodeJS.Platform): Promise<string | undefined> {
  const told = env['ASSAY_CHROMIUM'];
  if (told !== undefined && told !== '') return (await isProgram(told)) ? told : undefined;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates =
    platform === 'win32'
      ? [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].flatMap((folder) =>
          folder === undefined
            ? []
            : [
                join(folder, 'Google/Chrome/Application/chrome.exe'),
                join(folder, 'Microsoft/Edge/Application/msedge.exe'),
              ],
        )
      : [
          ...folders.flatMap((folder) => onPath.map((name) => join(folder, name))),
          '/Applications/Chromium.app/Contents/MacOS/Chromium',
          '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        ];
  for (const candidate of candidates) if (await isProgram(candidate)) return candidate;
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
