import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '../parts/button.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { useCommands } from '../state/commands.ts';
import { useSettings } from '../state/settings.ts';
import { useText } from '../text/text-context.tsx';
import { ownLayouts, presetNames, presets } from './layout.ts';
import { useLayout } from './layout-store.ts';

const commandIds = { triage: 'presetTriage', compare: 'presetCompare', sync: 'presetSync' } as const;
const commandKeys = { triage: ['Alt+1'], compare: ['Alt+2'], sync: ['Alt+3'] } as const;

/** The presets in the title bar, and the person's own layouts beside them. */
export function PresetBar() {
  const text = useText();
  const { name, apply } = useLayout();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById('title-bar-slot')), []);
  useEffect(
    () =>
      useCommands.getState().add(
        presetNames.map((preset) => ({
          id: commandIds[preset],
          keys: commandKeys[preset],
          group: 'look' as const,
          run: () => useLayout.getState().apply(preset, presets[preset]),
        })),
      ),
    [],
  );
  if (slot === null) return null;
  return createPortal(
    <div className="preset-bar" role="group" aria-label={text('window/workspace:layouts.label')}>
      {presetNames.map((preset) => (
        <Button key={preset} quiet pressed={name === preset} onClick={() => apply(preset, presets[preset])}>
          {text(`window/workspace:layouts.${preset}`)}
        </Button>
      ))}
      <OwnLayouts />
    </div>,
    slot,
  );
}

function OwnLayouts() {
  const text = useText();
  const { name, apply } = useLayout();
  const { settings, change } = useSettings();
  const [naming, setNaming] = useState(false);
  const own = ownLayouts(settings.layouts);
  const shown = own.has(name) ? name : text('window/workspace:layouts.own');
  const remove = (gone: string): void =>
    change({ layouts: Object.fromEntries(Object.entries(settings.layouts).filter(([one]) => one !== gone)) });
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button button-quiet preset-bar-own">{shown} ▾</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="center">
            {[...own].map(([one, layout]) => (
              <DropdownMenu.Item key={one} className="menu-item" onSelect={() => apply(one, layout)}>
                {one}
              </DropdownMenu.Item>
            ))}
            {own.size === 0 && <p className="menu-note muted">{text('window/workspace:layouts.none')}</p>}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => setNaming(true)}>
              {text('window/workspace:layouts.keep')}
            </DropdownMenu.Item>
            {own.has(name) && (
              <DropdownMenu.Item className="menu-item" onSelect={() => remove(name)}>
                {text('window/workspace:layouts.remove', { name })}
              </DropdownMenu.Item>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <NameLayout open={naming} taken={own} onClose={() => setNaming(false)} />
    </>
  );
}

function NameLayout(props: { open: boolean; taken: ReadonlyMap<string, unknown>; onClose: () => void }) {
  const text = useText();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const keep = (): void => {
    if (wanted === '') return;
    const { settings, change } = useSettings.getState();
    change({ layouts: { ...settings.layouts, [wanted]: useLayout.getState().layout } });
    useLayout.setState({ name: wanted });
    setName('');
    props.onClose();
  };
  return (
    <Sheet
      open={props.open}
      title={text('window/workspace:layouts.keepTitle')}
      onClose={props.onClose}
      actions={
        <Button primary disabled={wanted === ''} onClick={keep}>
          {text(props.taken.has(wanted) ? 'window/workspace:layouts.replace' : 'window/workspace:layouts.keep')}
        </Button>
      }
    >
      <form
        className="field"
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <label htmlFor="layout-name">{text('window/workspace:layouts.name')}</label>
        <input
          id="layout-name"
          className="input"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Sheet>
  );
}
