import type { ForgeSpecInput } from '../forge/spec.ts';
import type { StillSpecInput } from '../forge/forge-still.ts';

/** A clip small enough for every machine: what is asked of it does not need more. */
const scene = { seconds: 4, width: 320, height: 180, seed: 7 } as const;
/** A presenter whose voice is that far ahead of the lips, in a container that tells nothing of it. */
const speaker = { seconds: 10, width: 320, height: 180, facePx: 120, lipLeadMs: 20, seed: 31 } as const;
const stillScene = { width: 640, height: 360, seed: 22, facePx: 165 } as const;

/** Where foreign pixels are laid in the forged still. */
export const pastedRegion = { x: 504, y: 20, width: 112, height: 144 } as const;

/** Sound ahead of the picture by the container alone, ms. */
export const containerLeadMs = 120;

/** Voice ahead of the lips by the content alone, ms. */
export const contentLeadMs = 160;

/** In the lossless clip, this frame is shown again so many times. */
export const repeatedFrame = { frame: 40, times: 5 } as const;

/** The media of the built-in pack. Change anything here, and the pack has another version. */
export const validationPack = {
  id: 'built-in',
  version: 1,
  clips: {
    'offset.mp4': { ...scene, edits: [{ kind: 'offset-container', ms: containerLeadMs }] },
    'repeated.mkv': {
      ...scene,
      encoding: { codec: 'ffv1', soundCodec: 'pcm' },
      edits: [
        { kind: 'repeat-frames', frame: repeatedFrame.frame, count: 1, times: repeatedFrame.times, sound: 'along' },
      ],
    },
    'speaking.mkv': { ...speaker, audioLeadMs: contentLeadMs },
    'mute.mkv': { ...speaker, edits: [{ kind: 'mute' }] },
  } satisfies Readonly<Record<string, ForgeSpecInput>>,
  stills: {
    'forged.jpg': {
      scene: stillScene,
      atMs: 4200,
      paste: {
        region: { x: 20, y: 40, width: pastedRegion.width, height: pastedRegion.height },
        to: { x: pastedRegion.x, y: pastedRegion.y },
      },
    },
    'control.jpg': { scene: stillScene, atMs: 4200 },
  } satisfies Readonly<Record<string, StillSpecInput>>,
  /** FIPS 180-4 and RFC 1321: the three letters whose digests are printed there. */
  letters: { name: 'abc.bin', text: 'abc' },
} as const;

/** Digests that are the same on every machine. */
export const golden = {
  /** https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values */
  sha256OfAbc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha512OfAbc:
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  /** https://www.rfc-editor.org/rfc/rfc1321#appendix-A.5 */
  md5OfAbc: '900150983cd24fb0d6963f7d28e17f72',
  /** Raw frames and PCM of the forge's lossless clip, before any encoder. */
  forgedFrames: 'd6e96c4ace57be47c572db2a47c4af557ce3cfb093d19b3aa25f98c147b2e10e',
  forgedSound: '8223555bd6c12babd5cc9524959b1519ca59c4c8e499861fa677e069a3cb542a',
  /** PCM of that clip after a lossless round trip through a container, as the method `audio` decodes it. */
  decodedSound: 'e583258093e1f041bcb052e1ef367ce0d81e0ab1257600aba44251a40a4ca1ae',
} as const;
