import { DropdownMenu } from 'radix-ui';
import { visibleText } from '../../../src/base/visible-text.ts';
import { Button } from '../../parts/button.tsx';
import { useText } from '../../text/text-context.tsx';
import { useExaminations, useExhibits } from '../exhibit-queries.ts';
import type { LensChoice, ViewerChoice } from '../layout.ts';
import { mostViewers } from '../layout.ts';
import { useLayout } from '../layout-store.ts';
import { LensGuide } from './lens-guide.tsx';
import { LensSettings } from './lens-settings.tsx';
import { useLook } from './look-store.ts';
import { useMethods } from './use-methods.ts';
import { isPictureMap } from './use-kept-map.ts';
import { closeViewer } from './viewer-time.ts';

interface ViewerHeadProps {
  readonly at: number;
  readonly folder: string;
  readonly exhibit: string;
  readonly choice: ViewerChoice;
  readonly closable: boolean;
}

/** Which exhibit, through which lens, set how. */
export function ViewerHead({ at, folder, exhibit, choice, closable }: ViewerHeadProps) {
  const text = useText();
  const count = useLayout((state) => state.layout.viewers.length);
  const addViewer = useLayout((state) => state.addViewer);
  const linked = useLook((state) => state.linked);
  return (
    <header className="viewer-head">
      <ExhibitMenu {...{ at, folder, exhibit, choice }} />
      <LensMenu {...{ at, folder, exhibit, lens: choice.lens }} />
      <LensSettings at={at} folder={folder} exhibit={exhibit} lens={choice.lens} />
      <LensGuide lens={choice.lens} />
      <span className="viewer-head-space" />
      {count > 1 && at === 0 && (
        <Button quiet pressed={linked} onClick={() => useLook.getState().setLinked(!linked, at)}>
          {text('window/viewers:linked')}
        </Button>
      )}
      {at === count - 1 && count < mostViewers && (
        <button
          type="button"
          className="button button-quiet"
          aria-label={text('window/viewers:add')}
          title={text('window/viewers:add')}
          onClick={addViewer}
        >
          +
        </button>
      )}
      {closable && (
        <button
          type="button"
          className="button button-quiet"
          aria-label={text('window/viewers:remove')}
          title={text('window/viewers:remove')}
          onClick={() => closeViewer(at)}
        >
          ×
        </button>
      )}
    </header>
  );
}

/** The exhibit that the viewer follows or stays on. */
function ExhibitMenu({ at, folder, exhibit, choice }: Omit<ViewerHeadProps, 'closable'>) {
  const text = useText();
  const exhibits = useExhibits(folder).data?.exhibits ?? [];
  const { changeViewer } = useLayout();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-quiet viewer-menu">
        <span className="mono">{exhibit}</span> {choice.exhibit === null ? '' : '⊙ '}▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          <DropdownMenu.RadioGroup
            value={choice.exhibit ?? ''}
            onValueChange={(value) => changeViewer(at, { exhibit: value === '' ? null : value })}
          >
            <MenuChoice value="">{text('window/viewers:follow')}</MenuChoice>
            <DropdownMenu.Separator className="menu-line" />
            {exhibits.slice(0, 200).map(({ id, name }) => (
              <MenuChoice key={id} value={id}>
                <span className="mono">{id}</span> {visibleText(name)}
              </MenuChoice>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Every lens that there is here: the picture, methods' live lenses, the difference, and the maps that were kept. */
function LensMenu({ at, folder, exhibit, lens }: { at: number; folder: string; exhibit: string; lens: LensChoice }) {
  const text = useText();
  const methods = useMethods() ?? [];
  const examinations = useExaminations(folder, exhibit).data?.examinations ?? [];
  const { look } = useLayout();
  const maps = new Map<string, { method: string; title: string; details: Record<string, string | number> }>(
    examinations.flatMap(({ method, artefacts }) =>
      artefacts
        .filter(isPictureMap)
        .map((one) => [`map ${method} ${one.title}`, { method, title: one.title, details: one.details }] as const),
    ),
  );
  const choose = (value: string): void => {
    const map = maps.get(value);
    if (map !== undefined) look(at, { kind: 'map', method: map.method, title: map.title, opacity: 1 });
    else if (value === 'picture') look(at, { kind: 'picture' });
    else if (value === 'difference')
      look(at, { kind: 'difference', exhibit: null, frame: { from: 'here', offset: -1 }, gain: 8, colour: 'grey' });
    else look(at, { kind: 'live', method: value.slice('live '.length), params: {}, colour: 'grey' });
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-quiet viewer-menu viewer-menu-lens">
        <LensName lens={lens} /> ▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu viewer-lens-menu" align="start">
          <DropdownMenu.RadioGroup value={lensValue(lens)} onValueChange={choose}>
            <MenuChoice value="picture">{text('window/viewers:lenses.picture')}</MenuChoice>
            {methods
              .filter((method) => method.lens !== null)
              .map(({ id }) => (
                <MenuChoice key={id} value={`live ${id}`}>
                  {text(`methods/${id}:title`)}
                </MenuChoice>
              ))}
            <MenuChoice value="difference">{text('window/viewers:lenses.difference')}</MenuChoice>
            {maps.size > 0 && <p className="menu-label">{text('window/viewers:lenses.maps')}</p>}
            {[...maps].map(([value, { method, title, details }]) => (
              <MenuChoice key={value} value={value}>
                {text(`methods/${method}:title`)} · {text(`methods/${method}:artefacts.${title}`, details)}
              </MenuChoice>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function LensName({ lens }: { lens: LensChoice }) {
  const text = useText();
  switch (lens.kind) {
    case 'picture':
    case 'difference':
      return text(`window/viewers:lenses.${lens.kind}`);
    case 'live':
      return text(`methods/${lens.method}:title`);
    case 'map':
      return `${text(`methods/${lens.method}:title`)} · ${text('window/viewers:lenses.map')}`;
  }
}

function lensValue(lens: LensChoice): string {
  if (lens.kind === 'live') return `live ${lens.method}`;
  return lens.kind === 'map' ? `map ${lens.method} ${lens.title}` : lens.kind;
}

function MenuChoice({ value, children }: { value: string; children: React.ReactNode }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <span className="menu-item-words">{children}</span>
      <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  );
}
