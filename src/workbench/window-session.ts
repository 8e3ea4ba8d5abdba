import { KnownDigests } from '../case/known-digests.ts';
import type { Engine } from './engine.ts';
import { ExaminedHashFiles } from './frames/examined-hashes.ts';
import { LensCache } from './frames/lens-cache.ts';
import { FrameTimeIndex } from './frames/frame-time-index.ts';
import { FrameStores } from './frames/frame-stores.ts';
import { OpenMedia } from './open-media.ts';

/** What one window stands on: the engine, the exhibits that it looks at, and the folder that it was asked to open. */
export interface WindowSession {
  readonly engine: Engine;
  readonly media: OpenMedia;
  readonly frames: FrameStores;
  readonly times: FrameTimeIndex;
  readonly lenses: LensCache;
  readonly hashes: ExaminedHashFiles;
  /** Of kept artefacts, so that hours of them are hashed once and not at every look. */
  readonly digests: KnownDigests;
  /** Case that the command line named, if one. */
  readonly open: string | null;
  readonly language: string;
}

export function windowSession(engine: Engine, open: string | null, language: string): WindowSession {
  const times = new FrameTimeIndex(engine.toolbox);
  const digests = new KnownDigests();
  const hashes = new ExaminedHashFiles(digests);
  return {
    engine,
    media: new OpenMedia(engine),
    frames: new FrameStores(engine.toolbox, times, (name, stream) => hashes.latest(name, stream)),
    times,
    lenses: new LensCache(),
    hashes,
    digests,
    open,
    language,
  };
}
