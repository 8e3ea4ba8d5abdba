/**
 * Characters that are not seen, or that change how others are seen: controls, format characters (bidirectional
 * overrides and isolates, zero-width ones, tags), line and paragraph separators, lone surrogates, private use and noncharacters.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|\u00ad|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0|\p{Noncharacter_Code_Point}/gu;

/**
 * Text of an exhibit as it may be shown. SECURITY: a name that holds U+202E reads backwards and can pretend to another
 * extension; so each such character is written out as `‹U+202E›`. What this returns contains none of them.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0xfffd;
    return `\u2039U+${code.toString(16).toUpperCase().padStart(4, '0')}\u203a`;
  });
}

/** {@link visibleText}, with line breaks and tabs of text that a person wrote kept as line breaks and spaces. */
export function visibleLines(text: string): string[] {
  return text.split(/\r\n|[\n\r]/).map((line) => visibleText(line.replaceAll('\t', ' ')));
}
