/** The private scheme that the window's page lives on: nothing of the web has it, and nothing outside the app answers it. */
export const windowScheme = 'assay';

export const windowOrigin = `${windowScheme}://window`;

/** Whether a request stays inside: the app's own origin, or bytes that the page itself holds. */
export function isOwnUrl(url: string): boolean {
  return [`${windowOrigin}/`, `blob:${windowOrigin}/`, 'data:'].some((start) => url.startsWith(start));
}
