const symbols: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': '␣',
};

/** A key as people read it: `Ctrl+K`, `⇧`-less, arrows as arrows. */
export function shownKeys(name: string): string {
  return name
    .split(/\+(?=.)/)
    .map((part) => symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}
