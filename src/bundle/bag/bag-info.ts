/** What `bag-info.txt` says (RFC 8493 §2.2.2). */
export interface BagInfo {
  readonly software: string;
  /** Date (UTC) of the last custody entry that the bundle carries: the same case says the same, whenever it is packed. */
  readonly date: string;
  readonly caseId: string;
  readonly title: string;
  readonly reference?: string;
  readonly contact: string;
  readonly organisation?: string;
  readonly payloadBytes: number;
  readonly payloadFiles: number;
}

/** The text of `bag-info.txt`: one line an element, in a fixed order. */
export function bagInfoText(info: BagInfo): string {
  const elements: readonly (readonly [string, string | undefined])[] = [
    ['Source-Organization', info.organisation],
    ['Contact-Name', info.contact],
    ['External-Description', info.title],
    ['External-Identifier', `urn:uuid:${info.caseId}`],
    ['Internal-Sender-Identifier', info.reference],
    ['Bagging-Date', info.date],
    ['Bag-Software-Agent', info.software],
    ['Payload-Oxum', payloadOxum(info.payloadBytes, info.payloadFiles)],
  ];
  return elements.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${oneLine(value)}\n`])).join('');
}

/** RFC 8493 §2.2.2: octets and streams. */
export function payloadOxum(bytes: number, files: number): string {
  return `${String(bytes)}.${String(files)}`;
}

/** The value of an element of `bag-info.txt`; undefined where there is none, or more than one. */
export function bagInfoValue(text: string, label: string): string | undefined {
  const values = text
    .split('\n')
    .flatMap((line) => (line.startsWith(`${label}:`) ? [line.slice(label.length + 1).trim()] : []));
  return values.length === 1 ? values[0] : undefined;
}

function oneLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim();
}
