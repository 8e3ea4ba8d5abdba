import type { PictureSource } from './picture-source.ts';
import type { Presentation } from './presentation.ts';

/** Other seeds' presenters, each made when it is first asked for. */
export function foreignPictures(presentationFor: (seed: number) => Presentation): PictureSource['foreign'] {
  const presentations = new Map<number, Presentation>();
  return (seed, ms) => {
    const presentation = presentations.get(seed) ?? presentationFor(seed);
    presentations.set(seed, presentation);
    // Any number will do for the noise, as long as it is another one for each instant.
    return presentation.presenter.draw(ms, Math.round(ms), true).data;
  };
}
