/** A node of a JSON-LD graph. */
export interface Node {
  readonly '@id': string;
  readonly '@type': string;
  readonly [property: string]: unknown;
}

export function reference(node: Node): { readonly '@id': string } {
  return { '@id': node['@id'] };
}

/** A literal of a datatype. */
export function literal(value: string, type: string): unknown {
  return { '@type': type, '@value': value };
}

export function dateTime(value: string): unknown {
  return literal(value, 'xsd:dateTime');
}

export interface FileFacts {
  readonly name: string;
  /** Where it lies in the case. */
  readonly path: string;
  readonly sizeBytes?: number;
  readonly mediaType?: string;
  /** By the name that UCO's HashNameVocab has for the method. */
  readonly hashes: Readonly<Partial<Record<'MD5' | 'SHA256' | 'SHA512', string>>>;
}

/** A file with its name, place, size and hashes, as UCO's File with a FileFacet and a ContentDataFacet. */
export function fileNode(iri: (name: string) => string, name: string, facts: FileFacts): Node {
  const size =
    facts.sizeBytes === undefined
      ? {}
      : { 'uco-observable:sizeInBytes': literal(String(facts.sizeBytes), 'xsd:integer') };
  return {
    '@id': iri(name),
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      {
        '@id': iri(`${name}/file`),
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': facts.name,
        'uco-observable:filePath': facts.path,
        ...size,
      },
      {
        '@id': iri(`${name}/content`),
        '@type': 'uco-observable:ContentDataFacet',
        ...size,
        ...(facts.mediaType === undefined ? {} : { 'uco-observable:mimeType': facts.mediaType }),
        'uco-observable:hash': Object.entries(facts.hashes).map(([method, value]) => ({
          '@id': iri(`${name}/${method}/${value}`),
          '@type': 'uco-types:Hash',
          'uco-types:hashMethod': literal(method, 'uco-vocabulary:HashNameVocab'),
          'uco-types:hashValue': literal(value.toUpperCase(), 'xsd:hexBinary'),
        })),
      },
    ],
  };
}
