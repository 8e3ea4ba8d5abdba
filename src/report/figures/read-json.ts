/** JSON of an artefact; throws where it is not UTF-8 or not JSON. */
export function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
}
