import { checkSamples, soundOf, type Applied, type Cut, type CutContext, type EditTruth } from './cut.ts';
import type { Edit, EditOf } from './edit.ts';
import { hideFace, insertFrames, pasteRegion, removeFrames, repeatFrames } from './edit-frames.ts';
import {
  addNoise,
  cutTrack,
  driftTrack,
  lowPassTrack,
  muteTrack,
  putIn,
  replaceTrack,
  shiftTrack,
} from './edit-sound.ts';
import { lengthOf, sampleAt, silentTrack, sliceTrack, strangerTrack, type SoundTrack } from './sound-track.ts';

type SoundEdit = Exclude<
  Edit['kind'],
  'remove-frames' | 'repeat-frames' | 'insert-frames' | 'paste-region' | 'hide-face' | 'offset-container' | 're-encode'
>;

function pieceFor(edit: EditOf<'splice-sound'>, track: SoundTrack, length: number, context: CutContext): SoundTrack {
  const { sounds } = context;
  const { with: other } = edit;
  switch (other.sound) {
    case 'voice':
      return strangerTrack(track, sounds.voice(other.seed, 0, length, track.rateHz), 'other-voice');
    case 'room':
      return strangerTrack(track, sounds.room(other.seed, length, other.levelDb), 'room');
    case 'music':
      return strangerTrack(track, sounds.music(other.seed, length, track.rateHz), 'music');
    case 'silence':
      return silentTrack(track, length);
    case 'clip': {
      const start = sampleAt(track, other.fromMs);
      checkSamples(track, edit, start, start + length);
      return sliceTrack(track, start, start + length);
    }
  }
}

async function editSound(cut: Cut, edit: EditOf<SoundEdit>, context: CutContext): Promise<Applied> {
  const track = soundOf(cut, edit);
  const total = lengthOf(track);
  const toMs = (samples: number): number => (samples * 1000) / track.rateHz;
  const done = (sound: SoundTrack, truth: Omit<EditTruth, 'asked'> = {}): Applied => ({
    cut: { ...cut, sound },
    truth: { asked: edit, ...truth },
  });
  switch (edit.kind) {
    case 'shift-sound': {
      const samples = sampleAt(track, edit.ms);
      return done(shiftTrack(track, samples, edit.fill), { movedSamples: samples, movedMs: toMs(samples) });
    }
    case 'drift-sound':
      return done(driftTrack(track, edit.msPerMinute), { rate: 1 + edit.msPerMinute / 60_000 });
    case 'cut-sound': {
      const from = sampleAt(track, edit.atMs);
      const to = from + sampleAt(track, edit.lengthMs);
      checkSamples(track, edit, from, to);
      return done(cutTrack(track, from, to, sampleAt(track, edit.fadeMs)), {
        startMs: toMs(from),
        endMs: toMs(from),
        samples: { from, to: from },
        movedSamples: to - from,
        movedMs: toMs(to - from),
      });
    }
    case 'splice-sound': {
      const from = sampleAt(track, edit.atMs);
      const length = sampleAt(track, edit.lengthMs);
      const replaced = edit.mode === 'replace' ? length : 0;
      checkSamples(track, edit, from, from + replaced);
      const piece = pieceFor(edit, track, length, context);
      return done(putIn(track, piece, from, replaced, sampleAt(track, edit.fadeMs)), {
        startMs: toMs(from),
        endMs: toMs(from + length),
        samples: { from, to: from + length },
        ...(replaced === 0 ? { movedSamples: -length, movedMs: -toMs(length) } : {}),
      });
    }
    case 'low-pass':
      return done(lowPassTrack(track, edit.cutoffHz));
    case 'mute': {
      const from = Math.min(total, sampleAt(track, edit.startMs));
      const to = edit.endMs === undefined ? total : Math.min(total, sampleAt(track, edit.endMs));
      return done(muteTrack(track, from, to), { startMs: toMs(from), endMs: toMs(to), samples: { from, to } });
    }
    case 'add-noise':
      return done(addNoise(track, edit.seed, edit.levelDb));
    case 'music':
      return done(replaceTrack(track, context.sounds.music(edit.seed, total, track.rateHz), 'music'));
    case 'cross-dub': {
      const other =
        'seed' in edit.voice
          ? context.sounds.voice(edit.voice.seed, 0, total, track.rateHz)
          : await context.sounds.file(edit.voice.file, track.rateHz);
      return done(replaceTrack(track, other, 'other-voice'));
    }
  }
}

/**
 * Makes one edit and tells its truth. Throws `edit-beyond-clip`, `edit-needs-sound`, `edit-needs-presenter`,
 * `edit-leaves-nothing` or `edit-of-inserted-frame`. A re-encoding is the border between two cuts, not an edit of one.
 */
export async function applyEdit(
  cut: Cut,
  edit: Exclude<Edit, EditOf<'re-encode'>>,
  context: CutContext,
): Promise<Applied> {
  switch (edit.kind) {
    case 'remove-frames':
      return removeFrames(cut, edit);
    case 'repeat-frames':
      return repeatFrames(cut, edit);
    case 'insert-frames':
      return insertFrames(cut, edit, context);
    case 'paste-region':
      return pasteRegion(cut, edit, context);
    case 'hide-face':
      return hideFace(cut, edit, context);
    case 'offset-container': {
      soundOf(cut, edit);
      const containerLeadMs = cut.containerLeadMs + edit.ms;
      return { cut: { ...cut, containerLeadMs }, truth: { asked: edit, movedMs: edit.ms } };
    }
    default:
      return editSound(cut, edit, context);
  }
}
