const constructedBit = 0x20;
const sequenceTag = 0x10;
const setTag = 0x11;

/** Deeper than any certificate or signature. */
const deepest = 64;

/**
 * Says what keeps bytes from being one DER value (X.690 §8.1 and §10), or undefined when nothing does: definite lengths
 * in their shortest form, every value filled exactly by its parts, sequences and sets constructed, other universal types primitive.
 *
 * SECURITY: asn1js is lenient here (a length that runs past its value is cut, a primitive SEQUENCE is taken), which
 * would leave bits in a signature that can be changed unseen.
 */
export function derProblem(bytes: Uint8Array): string | undefined {
  const end = readValue(bytes, 0, bytes.length, 0);
  if (typeof end === 'string') return end;
  return end === bytes.length ? undefined : 'bytes after the end of the value';
}

/** Reads one value and gives the offset behind it, or what is wrong. */
function readValue(bytes: Uint8Array, start: number, limit: number, depth: number): number | string {
  if (depth > deepest) return 'nested too deep';
  const head = readHead(bytes, start, limit);
  if (typeof head === 'string') return head;
  if (!head.constructed) return head.end;
  for (let at = head.contentStart; at < head.end;) {
    const next = readValue(bytes, at, head.end, depth + 1);
    if (typeof next === 'string') return next;
    at = next;
  }
  return head.end;
}

interface Head {
  readonly constructed: boolean;
  readonly contentStart: number;
  readonly end: number;
}

function readHead(bytes: Uint8Array, start: number, limit: number): Head | string {
  const identifier = bytes[start];
  const first = bytes[start + 1];
  if (identifier === undefined || first === undefined || start + 2 > limit) return `cut off at byte ${start}`;
  const number = identifier & 0x1f;
  // None of our structures has a tag number that needs more octets.
  if (number === 0x1f) return `long tag at byte ${start}`;
  const constructed = (identifier & constructedBit) !== 0;
  const universal = identifier >> 6 === 0;
  if (universal && constructed !== (number === sequenceTag || number === setTag))
    return `type ${number} in the wrong form at byte ${start}`;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const contentStart = start + 2 + more;
  // X.690 §10.1: no indefinite form, and nothing here needs lengths of more than four octets
  if (first === 0x80 || more > 4 || contentStart > limit) return `wrong length at byte ${start}`;
  const length =
    more === 0 ? first : bytes.subarray(start + 2, contentStart).reduce((sum, octet) => sum * 256 + octet, 0);
  const shortest = more === 0 || (length >= 0x80 && length >= 256 ** (more - 1));
  if (!shortest || contentStart + length > limit) return `wrong length at byte ${start}`;
  return { constructed, contentStart, end: contentStart + length };
}
