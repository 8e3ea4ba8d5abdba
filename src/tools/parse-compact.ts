/** One section that ffprobe's compact writer printed: its fields in order, and the side data inside it. */
export interface CompactSection {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sideData: readonly Readonly<Record<string, string>>[];
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads the output of `-of compact` (fields `name=value` between bars, backslash escapes as ffprobe's documentation of the
 * compact writer gives them). Whatever does not fit is left out, never an error.
 */
export function parseCompact(text: string): CompactSection[] {
  // The side data of a section ends with a line feed of its own, so what follows belongs to the section before.
  return text.split('\n').flatMap((line) => {
    const [name = '', ...parts] = splitFields(line);
    return name === '' || name.includes('=') ? [] : [readSection(name, parts)];
  });
}

function readSection(name: string, parts: readonly string[]): CompactSection {
  const fields = emptyRecord();
  const sideData: Record<string, string>[] = [];
  let into = fields;
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at >= 0) into[part.slice(0, at)] = part.slice(at + 1);
    else if (part === 'side_data') sideData.push((into = emptyRecord()));
  }
  return { name, fields, sideData };
}

/** SECURITY: names come from the exhibit's tags; without a prototype, `__proto__` is a name like any other. */
function emptyRecord(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}

function splitFields(line: string): string[] {
  if (!line.includes('\\')) return line.split('|');
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i);
    if (character === '|') {
      parts.push(part);
      part = '';
    } else if (character === '\\') {
      i += 1;
      const escaped = line.charAt(i);
      part += escapes[escaped] ?? escaped;
    } else part += character;
  }
  parts.push(part);
  return parts;
}
