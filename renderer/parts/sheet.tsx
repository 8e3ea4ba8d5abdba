import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useText } from '../text/text-context.tsx';

// What one came for is typed at once. React's own autoFocus does not do: where a sheet opens over another, the lower one takes
// the focus back before this one is there.
function focusFirstField(event: Event): void {
  const sheet = event.currentTarget;
  const field = sheet instanceof HTMLElement ? sheet.querySelector<HTMLElement>(fields) : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

// What is ticked has an answer already; what is typed has none.
const fields = ['input:not([type=checkbox], [type=radio])', 'select', 'textarea']
  .map((field) => `.sheet-body ${field}:not(:disabled)`)
  .join();

/**
 * A sheet over the window with a title and a way out. Focus begins in its first field, or else on the way out; it stays
 * inside and returns where it was.
 */
export function Sheet(props: {
  open: boolean;
  title: string;
  onClose: () => void;
  /** For lists and forms that need the room. */
  wide?: boolean;
  /** Only text: the body itself takes the focus, so that keys scroll it. */
  reading?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const text = useText();
  return (
    <Dialog.Root open={props.open} onOpenChange={(now) => !now && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className={props.wide === true ? 'sheet sheet-wide' : 'sheet'}
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirstField}
        >
          <header className="sheet-head">
            <Dialog.Title asChild>
              <h2>{props.title}</h2>
            </Dialog.Title>
            <Dialog.Close className="button button-quiet">{text('window:close')}</Dialog.Close>
          </header>
          <div
            className="sheet-body"
            {...(props.reading === true ? { tabIndex: 0, role: 'region', 'aria-label': props.title } : {})}
          >
            {props.children}
          </div>
          {props.actions !== undefined && <footer className="sheet-actions">{props.actions}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
