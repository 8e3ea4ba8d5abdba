import type { Certificate } from '../certificate/certificate.ts';

const scheme = 'age:';

/** How a certificate names its holder's age recipient: a uniform resource identifier among its alternative names. */
export function ageUri(recipient: string): string {
  return `${scheme}${recipient}`;
}

/** The age recipient that a certificate names; undefined where it names none, or several. */
export function ageRecipientOf({ uris }: Pick<Certificate, 'uris'>): string | undefined {
  const named = uris.filter((uri) => uri.startsWith(`${scheme}age1`));
  return named.length === 1 ? named[0]?.slice(scheme.length) : undefined;
}
