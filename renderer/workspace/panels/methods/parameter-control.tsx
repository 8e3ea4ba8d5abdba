import { Field } from '../../../parts/field.tsx';
import { Button } from '../../../parts/button.tsx';
import { useRegion } from '../../../state/region.ts';
import { useText } from '../../../text/text-context.tsx';
import { readTyped, typedValue, type FormField, type Typed } from './schema-fields.ts';

interface ParameterControlProps {
  readonly exhibit: string;
  readonly method: string;
  readonly field: FormField;
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
}

/** One parameter: its control, bounds, default and help. */
export function ParameterControl({ exhibit, method, field, typed, onChange }: ParameterControlProps) {
  const text = useText();
  const region = useRegion((state) => (state.region?.exhibit === exhibit ? state.region : null));
  const words = (part: 'label' | 'help'): string | undefined => {
    const key = `methods/${method}:parameters.${field.name}.${part}`;
    return text.has(key) ? text(key) : undefined;
  };
  const label = words('label') ?? field.name;
  const help = [words('help'), boundsText(text, field)].filter((one) => one !== undefined && one !== '').join(' ');
  const read = readTyped(field, typed);
  const problem =
    'problem' in read
      ? text(`window/panels:methods.problems.${read.problem}`, { bounds: boundsText(text, field) })
      : undefined;
  return (
    <Field label={label} help={help === '' ? undefined : help} problem={problem}>
      {(part) => {
        switch (field.kind) {
          case 'switch':
            return (
              <input
                {...part}
                type="checkbox"
                className="parameter-switch"
                checked={typed === true}
                onChange={(event) => onChange(event.target.checked)}
              />
            );
          case 'choice':
            return (
              <select
                {...part}
                className="input"
                value={String(typed)}
                onChange={(event) => onChange(event.target.value)}
              >
                {field.choices.map((choice) => (
                  <option key={String(choice)} value={String(choice)}>
                    {String(choice)}
                  </option>
                ))}
              </select>
            );
          case 'number':
            return (
              <input
                {...part}
                type="number"
                className="input mono"
                step={field.whole ? 1 : 'any'}
                {...(field.min === undefined ? {} : { min: field.min })}
                {...(field.max === undefined ? {} : { max: field.max })}
                value={String(typed)}
                onChange={(event) => onChange(event.target.value)}
              />
            );
          case 'text':
          case 'json':
          case 'region':
            return (
              <div className="parameter-text">
                <input
                  {...part}
                  className="input mono"
                  value={String(typed)}
                  spellCheck={false}
                  onChange={(event) => onChange(event.target.value)}
                />
                {field.kind === 'region' && (
                  <Button
                    disabled={region === null}
                    onClick={() => {
                      if (region === null) return;
                      const { x, y, width, height } = region;
                      onChange(typedValue(field, { x, y, width, height }));
                    }}
                  >
                    {text('window/panels:methods.takeRegion')}
                  </Button>
                )}
              </div>
            );
        }
      }}
    </Field>
  );
}

/** `1 to 100, otherwise 90.` */
function boundsText(text: ReturnType<typeof useText>, field: FormField): string {
  const fallback =
    field.fallback === undefined || field.fallback === null ? '' : String(typedValue(field, field.fallback));
  const parts: string[] = [];
  if (field.kind === 'number' && field.min !== undefined && field.max !== undefined)
    parts.push(text('window/panels:methods.bounds', { min: field.min, max: field.max }));
  else if (field.kind === 'number' && field.min !== undefined)
    parts.push(text('window/panels:methods.least', { min: field.min }));
  else if (field.kind === 'number' && field.max !== undefined)
    parts.push(text('window/panels:methods.most', { max: field.max }));
  if (field.kind === 'switch')
    parts.push(text(`window/panels:methods.${field.fallback === true ? 'normallyOn' : 'normallyOff'}`));
  else if (fallback !== '') parts.push(text('window/panels:methods.normally', { value: fallback }));
  return parts.join(' ');
}
