/** Columns of plain text that every terminal and printer has. */
const columns = 78;

/** Breaks a paragraph at its spaces into lines of at most 78 characters; a longer word gets a line of its own. */
export function wrapText(paragraph: string): string {
  const lines: string[] = [];
  for (const word of paragraph.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && Array.from(last).length + 1 + Array.from(word).length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
