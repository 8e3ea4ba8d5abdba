import { create } from 'zustand';

/**
 * One thing that a person can do by key, palette or menu. Its name is `window:commands.<id>` in the locales, so the
 * palette and the shortcut sheet list exactly what there is.
 */
export interface Command {
  readonly id: string;
  /** Keys as `KeyboardEvent.key` with modifiers: `k`, `Shift+ArrowLeft`, `Ctrl+k`. */
  readonly keys: readonly string[];
  readonly group: 'file' | 'time' | 'look' | 'judge' | 'window';
  run(): void;
  /** Absent: always possible. */
  readonly enabled?: () => boolean;
}

interface CommandState {
  readonly commands: ReadonlyMap<string, Command>;
  /** Adds commands; returns what takes them away again. */
  add(commands: readonly Command[]): () => void;
}

export const useCommands = create<CommandState>()((set) => ({
  commands: new Map(),
  add: (added) => {
    set(({ commands }) => ({ commands: new Map([...commands, ...added.map((one) => [one.id, one] as const)]) }));
    return () =>
      set(({ commands }) => ({
        commands: new Map(
          [...commands].filter(([id, command]) => !added.some((one) => one.id === id && one === command)),
        ),
      }));
  },
}));

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** How a key press is written in {@link Command.keys}. Ctrl stands for Cmd on a Mac too. */
export function keyName(event: Pressed): string {
  const printable = event.key.length === 1;
  const key = printable ? (isLatin(event.key) ? event.key.toLowerCase() : latinAt(event.code)) : event.key;
  const shift = event.shiftKey && (!printable || /[a-z]/.test(key));
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

const isLatin = (key: string): boolean => /[ -~]/.test(key);

/**
 * With another alphabet switched on (Russian, Kazakh, Tajik), a key gives a letter that no command names: then its place counts,
 * as on a Latin keyboard. Empty where a place has no letter that any command is called by.
 */
function latinAt(code: string): string {
  return /^(?:Key([A-Z])|Digit(\d))$/.exec(code)?.slice(1).join('').toLowerCase() ?? placed[code] ?? '';
}

const placed: Readonly<Record<string, string>> = {
  ...{ Comma: ',', Period: '.', BracketLeft: '[', BracketRight: ']', Equal: '=', Minus: '-' },
};
