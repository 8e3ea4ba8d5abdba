// How well the content level of av-sync reads lags, and how often it tells one where there is none. `npm run bench -- av-sync`
//   --media <folder>   talking faces with sound (default: ../shared/media/av_sync)
//   --clips <a,b>      only these of them
//   --others <folder>  clips in which nobody speaks to the camera, walked through (default: ../shared/media without av_sync)
//   --voices <folder>  further voices to dub with (default: ../shared/media/audio)
//   --part <names>     real, wide, synthetic, blows, course, program, cost (default: all)
//   --out <file>       writes the tables as Markdown too
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { blows } from './av-sync-blows.mjs';
import { courseOverTime } from './av-sync-course.mjs';
import { synthetic, throughTheProgram, wideShots } from './av-sync-made.mjs';
import { costOfContent } from './av-sync-cost.mjs';
import { otherFilms, realClips } from './av-sync-real.mjs';
import { films, optionOf, sounds, walk } from './av-sync-tables.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

async function loadEngine() {
  const outDir = join(root, 'node_modules/.cache/assay-bench/av-sync');
  await build({
    ...{ root, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: { input: { engine: join(here, 'av-sync-engine.ts') }, output: { entryFileNames: '[name].js' } },
    },
  });
  return import(pathToFileURL(join(outDir, 'engine.js')).href);
}

/** Evaluates the content level; see the head of this file for the options. */
export async function run(options = []) {
  const shared = resolve(root, '../shared/media');
  const media = resolve(optionOf(options, 'media') ?? join(shared, 'av_sync'));
  const chosen = optionOf(options, 'clips')?.split(',');
  const parts = optionOf(options, 'part')?.split(',') ?? [
    'real',
    'wide',
    'synthetic',
    'blows',
    'course',
    'program',
    'cost',
  ];
  const engine = await loadEngine();
  const say = [];
  const print = (text) => {
    console.log(text);
    say.push(text);
  };
  const results = [];
  const goal = (name, ratio, limit, met, detail) => results.push({ name, ratio, goal: limit, met, detail });

  const clips = [];
  if (parts.some((part) => !['synthetic', 'cost'].includes(part)))
    for (const path of walk(media, films)) {
      const name = basename(path);
      if (chosen !== undefined && !chosen.some((word) => name.includes(word))) continue;
      const read = await engine.readClip(path);
      if (read === undefined || read.frames.length < 40) continue;
      clips.push({ name, path, ...read, seen: engine.seeFrames(read.frames, read.width, read.height, read.timesMs) });
    }
  const voices = clips.map(({ name, voice }) => ({ name, voice }));
  if (['real', 'wide', 'blows'].some((part) => parts.includes(part)))
    for (const path of walk(resolve(optionOf(options, 'voices') ?? join(shared, 'audio')), sounds)) {
      const read = await engine.readClip(path);
      if (read !== undefined) voices.push({ name: basename(path), voice: read.voice });
    }

  if (parts.includes('real')) realClips({ engine, clips, voices, print, goal });
  if (parts.includes('real')) await otherFilms({ engine, options, shared, voices, print, goal });
  if (parts.includes('wide')) wideShots({ engine, clips, print, goal });
  if (parts.includes('synthetic')) synthetic({ engine, print, goal });
  if (parts.includes('blows')) await blows({ engine, clips, voices, options, shared, print, goal });
  if (parts.includes('course')) courseOverTime({ engine, clips, print, goal });
  if (parts.includes('program')) throughTheProgram({ clips, print, goal });
  if (parts.includes('cost')) await costOfContent({ engine, print, goal });
  const out = optionOf(options, 'out');
  if (out !== undefined) writeFileSync(out, `${say.join('\n')}\n`);
  return results;
}
