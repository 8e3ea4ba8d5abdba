import { Button } from './button.tsx';
import { Field } from './field.tsx';

interface PathFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** Words of the button that chooses; without it the path is typed. */
  readonly choose?: string;
  readonly onChoose?: () => void;
}

/** A path that can be typed, or chosen. */
export function PathField({ label, help, value, onChange, choose, onChoose }: PathFieldProps) {
  return (
    <Field label={label} help={help}>
      {(part) => (
        <div className="path-field">
          <input {...part} className="input mono" value={value} onChange={(event) => onChange(event.target.value)} />
          {choose !== undefined && <Button onClick={onChoose}>{choose}</Button>}
        </div>
      )}
    </Field>
  );
}
