import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '../state/commands.ts';
import { useText } from '../text/text-context.tsx';
import { shownKeys } from './shown-keys.ts';
import { useOverlay } from './window-commands.ts';

/** Everything that can be done now, found by typing. */
export function CommandPalette() {
  const text = useText();
  const open = useOverlay((state) => state.palette);
  const commands = useCommands((state) => state.commands);
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useMemo(
    () =>
      [...commands.values()]
        .filter((command) => command.enabled?.() !== false && command.id !== 'palette')
        .map((command) => ({ command, name: text(`window:commands.${command.id}`) }))
        .filter(({ name }) => matches(name, wanted)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is possible changes while the palette is closed
    [commands, wanted, text, open],
  );
  const close = (): void => {
    useOverlay.setState({ palette: false });
    setWanted('');
    setChosen(0);
  };
  const run = (command: Command | undefined): void => {
    close();
    command?.run();
  };
  const index = Math.min(chosen, Math.max(0, found.length - 1));
  return (
    <Dialog.Root open={open} onOpenChange={(now) => !now && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{text('window:palette.title')}</Dialog.Title>
          <input
            className="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={found[index] === undefined ? undefined : `palette-${found[index].command.id}`}
            aria-label={text('window:palette.title')}
            placeholder={text('window:palette.placeholder')}
            value={wanted}
            onChange={(event) => {
              setWanted(event.target.value);
              setChosen(0);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') setChosen(Math.min(index + 1, found.length - 1));
              else if (event.key === 'ArrowUp') setChosen(Math.max(index - 1, 0));
              else if (event.key === 'Enter') run(found[index]?.command);
              else return;
              event.preventDefault();
            }}
          />
          <ul className="palette-list" id="palette-list" role="listbox" aria-label={text('window:palette.title')}>
            {found.map(({ command, name }, at) => (
              <li
                key={command.id}
                id={`palette-${command.id}`}
                role="option"
                aria-selected={at === index}
                className="palette-item"
                onPointerMove={() => setChosen(at)}
                onClick={() => run(command)}
              >
                <span>{name}</span>
                <span className="muted mono">{command.keys.map(shownKeys).join('  ')}</span>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className="palette-empty muted">{text('window:palette.nothing')}</p>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** True when the letters of `wanted` stand in `name` in their order. */
function matches(name: string, wanted: string): boolean {
  const letters = name.toLowerCase();
  let at = -1;
  return Array.from(wanted.toLowerCase().replaceAll(' ', '')).every(
    (letter) => (at = letters.indexOf(letter, at + 1)) >= 0,
  );
}
