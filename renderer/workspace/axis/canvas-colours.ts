/** Colours of the tokens for canvases, read once per theme; `onChange` is told when the theme changes. */
export class CanvasColours {
  readonly #known = new Map<string, string>();
  readonly #observer: MutationObserver;

  constructor(onChange: () => void) {
    this.#observer = new MutationObserver(() => {
      this.#known.clear();
      onChange();
    });
  }

  open(): void {
    this.#observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  /** The value of a token such as `--text-muted`. */
  of(token: string): string {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const value = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
    this.#known.set(token, value);
    return value;
  }

  close(): void {
    this.#observer.disconnect();
  }
}
