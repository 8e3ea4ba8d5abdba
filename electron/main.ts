import * as electron from 'electron';
import { startApp } from './start-app.ts';

void startApp(electron, {
  argv: process.argv,
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  folder: import.meta.dirname,
  resourcesFolder: process.resourcesPath,
  onSignal: (close) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);
  },
  say: (line) => void process.stderr.write(`${line}\n`),
});
