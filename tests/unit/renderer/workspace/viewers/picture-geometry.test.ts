import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apply,
  fitted,
  orientationOfRotation,
  panBy,
  pixelAt,
  pixelRectangle,
  showPicture,
  uprightSize,
  widthToAsk,
  zoomAt,
  type Orientation,
} from '../../../../../renderer/workspace/viewers/picture-geometry.ts';

const picture = { width: 640, height: 360 };
const canvas = { width: 800, height: 600 };
const orientations: Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

describe('picture geometry', () => {
  it('turns a picture clockwise by what the film says', () => {
    expect([0, 90, 180, 270, -90, 360].map(orientationOfRotation)).toEqual([1, 6, 3, 8, 8, 1]);
  });

  it('puts the stored corner where each EXIF orientation says', () => {
    // Where the stored picture's first pixel stands when the picture is upright: EXIF 2.32, tag 274.
    const corners = orientations.map((orientation) => {
      const upright = uprightSize(picture, orientation);
      const { matrix, scale } = showPicture(picture, orientation, upright, fitted);
      expect(scale).toBe(1);
      const at = apply(matrix, { x: 0.5, y: 0.5 });
      return `${at.y < upright.height / 2 ? 'top' : 'bottom'} ${at.x < upright.width / 2 ? 'left' : 'right'}`;
    });
    expect(corners).toEqual([
      'top left',
      'top right',
      'bottom right',
      'bottom left',
      'top left',
      'top right',
      'bottom right',
      'bottom left',
    ]);
  });

  it('says the stored pixel under a place, whatever the orientation, zoom and pan', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...orientations),
        fc.double({ min: 1, max: 40, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 639 }),
        fc.integer({ min: 0, max: 359 }),
        (orientation, zoom, cx, cy, x, y) => {
          const shown = showPicture(picture, orientation, canvas, { zoom, cx, cy });
          const centre = apply(shown.matrix, { x: x + 0.5, y: y + 0.5 });
          expect(pixelAt(shown, picture, centre)).toEqual({ x, y });
        },
      ),
    );
  });

  it('keeps the point under the pointer while zooming', () => {
    const at = { x: 301, y: 281 };
    const before = pixelAt(showPicture(picture, 1, canvas, fitted), picture, at);
    let look = fitted;
    for (let i = 0; i < 20; i += 1) look = zoomAt(look, 1.2, at, picture, canvas);
    expect(look.zoom).toBeGreaterThan(30);
    expect(pixelAt(showPicture(picture, 1, canvas, look), picture, at)).toEqual(before);
  });

  it('drags the picture with the pointer', () => {
    const look = { zoom: 4, cx: 0.5, cy: 0.5 };
    const before = apply(showPicture(picture, 1, canvas, look).matrix, { x: 320, y: 180 });
    const after = apply(showPicture(picture, 1, canvas, panBy(look, { x: 40, y: -30 }, picture, canvas)).matrix, {
      x: 320,
      y: 180,
    });
    expect([after.x - before.x, after.y - before.y]).toEqual([40, -30]);
  });

  it('marks whole stored pixels, cut at the edges of the picture', () => {
    const shown = showPicture(picture, 6, canvas, { zoom: 3, cx: 0.5, cy: 0.5 });
    const p = apply(shown.matrix, { x: 10.2, y: 20.7 });
    const q = apply(shown.matrix, { x: 29.9, y: 400 });
    expect(pixelRectangle(shown, picture, q, p)).toEqual({ x: 10, y: 20, width: 20, height: 340 });
  });

  it('asks for no more pixels than can be seen, and for all where they can', () => {
    const film = { width: 1920, height: 1080 };
    expect(widthToAsk(film, 1, { width: 600, height: 400 }, fitted)).toBe(640);
    expect(widthToAsk(film, 1, { width: 600, height: 400 }, { zoom: 4, cx: 0.5, cy: 0.5 })).toBe('native');
    expect(widthToAsk(film, 6, { width: 600, height: 400 }, fitted)).toBe(480);
    expect(widthToAsk({ width: 320, height: 240 }, 1, { width: 600, height: 400 }, fitted)).toBe('native');
  });
});
