/** What bench/intake.mjs runs, built as the engine is. */
export { createCase } from '../src/case/create-case.ts';
export { addExhibits } from '../src/case/intake/add-exhibits.ts';
export { ensurePracticeIdentity, unlockPracticeIdentity } from '../src/seal/identity/practice-identity.ts';
