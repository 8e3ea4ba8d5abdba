import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useText } from '../text/text-context.tsx';

/** A sheet over the window with a title and a way out; focus stays inside and returns where it was. */
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
        <Dialog.Content className={props.wide === true ? 'sheet sheet-wide' : 'sheet'} aria-describedby={undefined}>
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
