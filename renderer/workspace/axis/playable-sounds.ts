import type { KeptExamination } from '../kept-examination.ts';

/** A sound stream whose decoded sound was kept, so that it can be played. */
export interface SoundStream {
  readonly stream: number;
  /** As the examination names it; empty where it does not. */
  readonly codec: string;
}

/** The sound streams that can be played, in the order of the file. */
export function playableSounds(examinations: readonly KeptExamination[]): SoundStream[] {
  const codecs = new Map(
    examinations.flatMap(({ findings }) =>
      findings.flatMap(({ method, details: { stream, codec } }): [unknown, string][] =>
        method === 'audio' && typeof codec === 'string' ? [[stream, codec]] : [],
      ),
    ),
  );
  const streams = examinations.flatMap(({ artefacts }) =>
    artefacts.flatMap((one) =>
      one.kind === 'series' && one.mediaType === 'audio/wav' && one.stream !== undefined ? [one.stream] : [],
    ),
  );
  return [...new Set(streams)].sort((a, b) => a - b).map((stream) => ({ stream, codec: codecs.get(stream) ?? '' }));
}
