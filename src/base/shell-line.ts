/**
 * A command line as it can be typed into a shell (POSIX 2024, bash, zsh): arguments quoted where they need it. Control characters are written as
 * `$'\x..'`, so that what is printed is one line and what is pasted is the same bytes.
 */
export function shellLine(argv: readonly string[]): string {
  return argv.map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(argument)) return `'${argument.replaceAll("'", `'\\''`)}'`;
  const escaped = Array.from(argument, (character) =>
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(character)
      ? [...new TextEncoder().encode(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
      : character === "'" || character === '\\'
        ? `\\${character}`
        : character,
  );
  return `$'${escaped.join('')}'`;
}
