import { useEffect } from 'react';
import { keyName, useCommands } from '../state/commands.ts';

/** Runs the command of a key, unless the person is typing, or a control uses the key itself. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      const typing = event.target instanceof HTMLElement && isTyping(event.target);
      if (typing && !name.startsWith('Ctrl+')) return;
      if (ownedByControl(event)) return;
      for (const command of useCommands.getState().commands.values()) {
        if (!command.keys.includes(name) || command.enabled?.() === false) continue;
        event.preventDefault();
        command.run();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(element: HTMLElement): boolean {
  return (
    element.isContentEditable ||
    element.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select')
  );
}

/** Space and Enter press a button; arrows move within sliders, trees, tabs and menus. */
function ownedByControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return false;
  if (event.key === ' ' || event.key === 'Enter')
    return event.target.matches('button, a, [role=button], [role=tab], summary');
  if (!event.key.startsWith('Arrow')) return false;
  return (
    event.target.closest(
      '[role=slider], [role=tree], [role=tablist], [role=menu], [role=grid], [role=listbox], [role=radiogroup], input',
    ) !== null
  );
}
