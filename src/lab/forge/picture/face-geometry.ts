/**
 * Where things are in a face, in face heights: 1 is hairline to chin, x to the viewer's right, y down, (0, 0) in the
 * middle between hairline and chin. Proportions after the canons that draughtsmen use (eyes half-way down the head).
 */
export const face = {
  hairlineY: -0.5,
  chinY: 0.5,
  browY: -0.205,
  eyeX: 0.168,
  eyeY: -0.1,
  eyeHalfWidth: 0.08,
  noseTipY: 0.115,
  mouthY: 0.272,
  mouthHalfWidth: 0.132,
  /** How far the chin comes down when the mouth is wide open. */
  jawDrop: 0.07,
} as const;

/** Extent of the head's texture in face heights around the middle of the face: room for hair and a lowered chin. */
export const headExtent = { left: -0.58, right: 0.58, top: -0.86, bottom: 0.74 } as const;

/** Half the widest opening between the lips, in face heights: where the mouth's box ends. */
export const mouthReach = { up: 0.07, down: 0.15 } as const;
