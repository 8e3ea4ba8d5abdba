import { useId } from 'react';
import type { ParameterSchema } from './use-methods.ts';

interface ParameterFieldProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly schema: ParameterSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** One parameter as its schema describes it: a choice, or a number between its bounds with a slider. */
export function ParameterField({ name, label, help, schema, value, onChange }: ParameterFieldProps) {
  const helpId = useId();
  const describedBy = help === undefined ? {} : { 'aria-describedby': helpId };
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {schema.enum !== undefined ? (
        <select
          id={name}
          className="input"
          {...describedBy}
          value={String(value)}
          onChange={(event) => onChange(schema.enum?.find((one) => String(one) === event.target.value))}
        >
          {schema.enum.map((one) => (
            <option key={one} value={String(one)}>
              {one}
            </option>
          ))}
        </select>
      ) : (
        <NumberField {...{ name, schema, label }} value={Number(value)} onChange={onChange} describedBy={describedBy} />
      )}
      {help !== undefined && (
        <p id={helpId} className="muted viewer-help">
          {help}
        </p>
      )}
    </div>
  );
}

function NumberField(props: {
  name: string;
  label: string;
  schema: ParameterSchema;
  value: number;
  onChange: (value: number) => void;
  describedBy: object;
}) {
  const { name, label, schema, value, onChange, describedBy } = props;
  const bounds = { min: schema.minimum ?? 0, max: schema.maximum ?? 100, step: schema.type === 'integer' ? 1 : 0.5 };
  const take = (wanted: number): void => {
    if (Number.isNaN(wanted)) return;
    const held = Math.min(Math.max(wanted, bounds.min), bounds.max);
    onChange(schema.type === 'integer' ? Math.round(held) : held);
  };
  return (
    <div className="viewer-number">
      <input
        id={name}
        type="range"
        {...bounds}
        {...describedBy}
        value={value}
        onChange={(event) => take(event.target.valueAsNumber)}
      />
      <input
        className="input mono"
        type="number"
        aria-label={label}
        {...bounds}
        value={value}
        onChange={(event) => take(event.target.valueAsNumber)}
      />
    </div>
  );
}
