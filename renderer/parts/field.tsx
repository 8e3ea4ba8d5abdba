import { useId, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  /** What is wrong with what was typed, in words. */
  readonly problem?: string | undefined;
  /** The control, which must take what it is given: its name, its help and whether it is wrong. */
  readonly children: (part: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** One labelled control of a form, with its help and with what is wrong. */
export function Field({ label, help, problem, children }: FieldProps) {
  const id = useId();
  const told = `${id}-told`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(help === undefined && problem === undefined ? {} : { 'aria-describedby': told }),
        ...(problem === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {(help !== undefined || problem !== undefined) && (
        <p id={told} className={problem === undefined ? 'muted' : 'field-error'}>
          {problem ?? help}
        </p>
      )}
    </div>
  );
}
