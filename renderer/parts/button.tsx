import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly children: ReactNode;
  /** The one primary action of a view. */
  readonly primary?: boolean;
  /** Without a border, for bars and heads. */
  readonly quiet?: boolean;
  /** On or off, for what toggles. */
  readonly pressed?: boolean;
}

/** The one kind of button there is. */
export function Button({ primary, quiet, pressed, children, ...rest }: ButtonProps) {
  const kind = primary === true ? ' button-primary' : quiet === true ? ' button-quiet' : '';
  return (
    <button
      type="button"
      className={`button${kind}`}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...rest}
    >
      {children}
    </button>
  );
}
