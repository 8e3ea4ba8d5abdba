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

/** How a key press is written in {@link Command.keys}. Ctrl stands for Cmd on a Mac too. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const printable = event.key.length === 1;
  const key = printable ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (!printable || /[a-z]/.test(key));
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}
