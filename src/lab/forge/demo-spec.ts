import type { StillSpecInput } from './forge-still.ts';
import type { ForgeSpecInput } from './spec.ts';

/** Name and specification of each piece of the demonstration's evidence. */
export interface DemoSpec {
  readonly clip: { readonly fileName: string; readonly spec: ForgeSpecInput };
  readonly still: { readonly fileName: string; readonly spec: StillSpecInput };
}

/**
 * The demonstration's evidence: a statement of 20 s whose sound is 160 ms ahead, encoded twice, in which the picture on the
 * wall covers another part of it for four seconds; and a still of it with a picture too many, saved twice.
 */
export function demoSpec(): DemoSpec {
  const scene = { width: 1280, height: 720, seed: 22 };
  return {
    clip: {
      fileName: 'statement.mp4',
      spec: {
        ...scene,
        seconds: 20,
        audioLeadMs: 160,
        facePx: 330,
        encoding: { quality: 20, gop: 50 },
        edits: [
          {
            kind: 'paste-region',
            frame: 200,
            count: 100,
            from: 40,
            region: { x: 1040, y: 260, width: 220, height: 320 },
          },
          { kind: 're-encode', quality: 26, gop: 30 },
        ],
      },
    },
    still: {
      fileName: 'still.jpg',
      spec: {
        scene: { ...scene, facePx: 330 },
        atMs: 4200,
        paste: { region: { x: 40, y: 80, width: 230, height: 280 }, to: { x: 1010, y: 40 } },
      },
    },
  };
}
