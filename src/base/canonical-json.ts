import canonicalizeModule from 'canonicalize';

// The package is CommonJS; its default export is the function in either module system.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/** RFC 8785 text of a JSON value: the bytes that are hashed and signed. Throws a TypeError on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** RFC 8785 text with a final newline: how Assay writes small JSON files that are hashed. */
export function canonicalJsonFile(value: unknown): string {
  return `${canonicalJson(value)}\n`;
}
