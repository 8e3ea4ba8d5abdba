import { Sheet } from '../parts/sheet.tsx';
import { useCommands } from '../state/commands.ts';
import { useText } from '../text/text-context.tsx';
import { shownKeys } from './shown-keys.ts';
import { useOverlay } from './window-commands.ts';

const groups = ['file', 'time', 'look', 'judge', 'window'] as const;

/** Every key that does something now. */
export function ShortcutSheet() {
  const text = useText();
  const open = useOverlay((state) => state.shortcuts);
  const commands = useCommands((state) => state.commands);
  const keyed = [...commands.values()].filter(({ keys }) => keys.length > 0);
  return (
    <Sheet
      reading
      open={open}
      title={text('window:shortcuts.title')}
      onClose={() => useOverlay.setState({ shortcuts: false })}
    >
      <div className="shortcut-groups">
        {groups.map((group) => {
          const inGroup = keyed.filter((command) => command.group === group);
          return inGroup.length === 0 ? null : (
            <section key={group}>
              <h3>{text(`window:shortcuts.groups.${group}`)}</h3>
              <dl className="shortcut-list">
                {inGroup.map(({ id, keys }) => (
                  <div key={id}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{shownKeys(key)}</kbd>
                      ))}
                    </dt>
                    <dd>{text(`window:commands.${id}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Sheet>
  );
}
