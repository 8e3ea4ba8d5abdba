export interface IdentityFields {
  readonly name: string;
  readonly organisation: string;
  readonly country: string;
  readonly passphrase: string;
  /** The passphrase typed a second time. */
  readonly again: string;
}

/** What is still wrong with each field: keys under `window/start:identity.problems`. */
export function identityProblems(
  { name, country, passphrase, again }: IdentityFields,
  minimumLength: number,
): Partial<Record<keyof IdentityFields, string>> {
  return {
    ...(name.trim() === '' ? { name: 'name' } : {}),
    ...(country.trim() === '' || /^[A-Za-z]{2}$/.test(country.trim()) ? {} : { country: 'country' }),
    // Counted as the engine counts them: characters of the composed form.
    ...(Array.from(passphrase.normalize('NFC')).length < minimumLength ? { passphrase: 'short' } : {}),
    ...(again === passphrase ? {} : { again: 'different' }),
  };
}
