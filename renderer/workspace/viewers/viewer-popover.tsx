import { Popover } from 'radix-ui';
import { useRef, type ReactNode } from 'react';

interface ViewerPopoverProps {
  /** What is read out for the button where its face says little. */
  readonly label: string;
  readonly face: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A sheet that opens beside its viewer, so that what it changes stays in sight. */
export function ViewerPopover({ label, face, wide = false, children }: ViewerPopoverProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const viewer = {
    getBoundingClientRect: () =>
      (trigger.current?.closest('.viewer') ?? trigger.current)?.getBoundingClientRect() ?? new DOMRect(),
  };
  return (
    <Popover.Root>
      <Popover.Trigger
        ref={trigger}
        className="button button-quiet viewer-menu mono"
        title={label}
        {...(typeof face === 'string' && face.length === 1 ? { 'aria-label': label } : {})}
      >
        {typeof face === 'string' && face.length === 1 ? null : <span className="visually-hidden">{label} </span>}
        {face}
      </Popover.Trigger>
      <Popover.Anchor virtualRef={{ current: viewer }} />
      <Popover.Portal>
        <Popover.Content
          className={`viewer-popover${wide ? ' viewer-guide' : ''}`}
          aria-label={label}
          side="right"
          align="start"
          collisionPadding={8}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
