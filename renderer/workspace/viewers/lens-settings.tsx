import { Button } from '../../parts/button.tsx';
import { useText } from '../../text/text-context.tsx';
import { useExhibits } from '../exhibit-queries.ts';
import type { LensChoice } from '../layout.ts';
import { useLayout } from '../layout-store.ts';
import { ParameterField } from './parameter-field.tsx';
import { ViewerPopover } from './viewer-popover.tsx';
import { useMethods, type DescribedMethod } from './use-methods.ts';

interface LensSettingsProps {
  readonly at: number;
  readonly folder: string;
  readonly exhibit: string;
  readonly lens: LensChoice;
}

/** A lens' parameters beside what they change, with the result live. */
export function LensSettings(props: LensSettingsProps) {
  const text = useText();
  const methods = useMethods();
  const { lens } = props;
  if (lens.kind === 'picture') return null;
  const method = lens.kind === 'live' ? methods?.find(({ id }) => id === lens.method) : undefined;
  return (
    <ViewerPopover label={text('window/viewers:settings')} face={<>{brief(lens, method)} ▾</>}>
      <h3>{text('window/viewers:settings')}</h3>
      {lens.kind === 'live' && method !== undefined && <LiveFields {...props} lens={lens} method={method} />}
      {lens.kind === 'difference' && <DifferenceFields {...props} lens={lens} />}
      {lens.kind === 'map' && <OpacityField at={props.at} lens={lens} />}
    </ViewerPopover>
  );
}

/** The numbers of the settings in few characters: `90 · ×15`. */
function brief(lens: LensChoice, method: DescribedMethod | undefined): string {
  if (lens.kind === 'map') return `${Math.round(lens.opacity * 100)} %`;
  if (lens.kind === 'difference') {
    const { frame } = lens;
    const other =
      frame.from === 'start' ? `#${frame.number}` : `${frame.offset < 0 ? '−' : '+'}${Math.abs(frame.offset)}`;
    return `${lens.exhibit ?? ''}${lens.exhibit === null ? '' : ' '}${other} · ×${lens.gain}`;
  }
  if (lens.kind !== 'live' || method?.lens === null || method === undefined) return '…';
  const gain = method.lens.gainParameter;
  return method.lens.parameters
    .map((name) => ({ name, value: lens.params[name] ?? method.defaults[name] }))
    .filter(({ value }) => typeof value === 'number')
    .map(({ name, value }) => (name === gain ? `×${String(value)}` : String(value)))
    .join(' · ');
}

function LiveFields({
  at,
  lens,
  method,
}: LensSettingsProps & { lens: LensChoice & { kind: 'live' }; method: DescribedMethod }) {
  const text = useText();
  const look = useLayout((state) => state.look);
  return (
    <div className="viewer-fields">
      {(method.lens?.parameters ?? []).map((name) => {
        const schema = method.fields[name];
        return schema === undefined ? null : (
          <ParameterField
            key={name}
            name={`viewer-${at}-${name}`}
            label={text(`methods/${method.id}:parameters.${name}.label`)}
            help={text(`methods/${method.id}:parameters.${name}.help`)}
            schema={schema}
            value={lens.params[name] ?? schema.default}
            onChange={(value) => look(at, { ...lens, params: { ...lens.params, [name]: value } })}
          />
        );
      })}
      <ColourField at={at} lens={lens} />
      <Button onClick={() => look(at, { ...lens, params: {}, colour: 'grey' })}>{text('window/viewers:reset')}</Button>
    </div>
  );
}

function DifferenceFields({
  at,
  folder,
  exhibit,
  lens,
}: LensSettingsProps & { lens: LensChoice & { kind: 'difference' } }) {
  const text = useText();
  const look = useLayout((state) => state.look);
  const exhibits = useExhibits(folder).data?.exhibits ?? [];
  const { frame } = lens;
  const number = frame.from === 'here' ? frame.offset : frame.number;
  return (
    <div className="viewer-fields">
      <label className="field">
        {text('window/viewers:difference.exhibit')}
        <select
          className="input"
          value={lens.exhibit ?? ''}
          onChange={(event) => look(at, { ...lens, exhibit: event.target.value === '' ? null : event.target.value })}
        >
          <option value="">{text('window/viewers:difference.same', { exhibit })}</option>
          {exhibits
            .filter(({ id }) => id !== exhibit)
            .map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
        </select>
      </label>
      <label className="field">
        {text('window/viewers:difference.frame')}
        <select
          className="input"
          value={frame.from}
          onChange={(event) =>
            look(at, {
              ...lens,
              frame: event.target.value === 'here' ? { from: 'here', offset: -1 } : { from: 'start', number: 0 },
            })
          }
        >
          <option value="here">{text('window/viewers:difference.here')}</option>
          <option value="start">{text('window/viewers:difference.start')}</option>
        </select>
      </label>
      <label className="field">
        {text(frame.from === 'here' ? 'window/viewers:difference.offset' : 'window/viewers:difference.number')}
        <input
          className="input mono"
          type="number"
          step={1}
          value={number}
          onChange={(event) => {
            const value = Math.trunc(event.target.valueAsNumber);
            if (Number.isNaN(value)) return;
            look(at, {
              ...lens,
              frame:
                frame.from === 'here' ? { from: 'here', offset: value } : { from: 'start', number: Math.max(0, value) },
            });
          }}
        />
      </label>
      <ParameterField
        name={`viewer-${at}-gain`}
        label={text('window/viewers:difference.gain')}
        schema={{ type: 'integer', minimum: 1, maximum: 64, default: 8 }}
        value={lens.gain}
        onChange={(value) => look(at, { ...lens, gain: Number(value) })}
      />
      <ColourField at={at} lens={lens} />
    </div>
  );
}

function OpacityField({ at, lens }: { at: number; lens: LensChoice & { kind: 'map' } }) {
  const text = useText();
  const look = useLayout((state) => state.look);
  return (
    <div className="viewer-fields">
      <ParameterField
        name={`viewer-${at}-opacity`}
        label={text('window/viewers:opacity')}
        schema={{ type: 'integer', minimum: 0, maximum: 100, default: 100 }}
        value={Math.round(lens.opacity * 100)}
        onChange={(value) => look(at, { ...lens, opacity: Number(value) / 100 })}
      />
    </div>
  );
}

const colours = ['grey', 'viridis', 'magma', 'cividis'] as const;

function ColourField({ at, lens }: { at: number; lens: LensChoice & { kind: 'live' | 'difference' } }) {
  const text = useText();
  const look = useLayout((state) => state.look);
  return (
    <label className="field">
      {text('window/viewers:colour')}
      <select
        className="input"
        value={lens.colour}
        onChange={(event) => {
          const colour = colours.find((one) => one === event.target.value);
          if (colour !== undefined) look(at, { ...lens, colour });
        }}
      >
        {colours.map((colour) => (
          <option key={colour} value={colour}>
            {text(`window/viewers:colours.${colour}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
