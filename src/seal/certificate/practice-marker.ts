/**
 * Organisational unit of every practice identity. It is part of the certificate, so that a report sealed by one can
 * be told from a report sealed by a person years later and without Assay. Never translated, never changed.
 */
export const practiceMarker = 'Practice identity: shows integrity, not who signed';

/** Common name of a practice identity for which no other name was given. */
export const practiceName = 'Practice identity';
