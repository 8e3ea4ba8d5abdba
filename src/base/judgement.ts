/**
 * What an examiner can be asked about where an exhibit comes from. The words are `report:provenance.questions.<id>`. Each asks
 * for yes, no or unknown with a reason; none of the answers is counted for or against anything by the program.
 */
export const provenanceQuestions = [
  'first-publication-known',
  'unknown-page',
  'channel-without-authorship',
  'official-source-found',
  'picture-sound-mismatch',
  'voice-distortion',
  'illogical-content',
  'source-file',
] as const;
export type ProvenanceQuestion = (typeof provenanceQuestions)[number];

export const provenanceAnswers = ['yes', 'no', 'unknown'] as const;
export type ProvenanceAnswer = (typeof provenanceAnswers)[number];

/**
 * Strength of support for one proposition over another: the verbal scale of the ENFSI guideline for evaluative reporting (2015),
 * weakest first. The words are `report:strengths.<id>`. The examiner picks it, never the program.
 */
export const supportScale = [
  'none',
  'weak',
  'moderate',
  'moderately-strong',
  'strong',
  'very-strong',
  'extremely-strong',
] as const;
export type Support = (typeof supportScale)[number];

export const bookmarkStatuses = ['relevant', 'to-check', 'not-relevant'] as const;
export type BookmarkStatus = (typeof bookmarkStatuses)[number];
