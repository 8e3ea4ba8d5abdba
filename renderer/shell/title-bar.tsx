import { visibleText } from '../../src/base/visible-text.ts';
import { Button } from '../parts/button.tsx';
import { leaveCase } from '../state/open-folder.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../text/text-context.tsx';
import { useExhibits } from '../workspace/exhibit-queries.ts';
import { useOverlay } from './window-commands.ts';

/** Where one is: the case and its exhibit, and the ways to the other views. */
export function TitleBar() {
  const text = useText();
  const { view, openedCase, readOnly, exhibit, show } = useSession();
  return (
    <header className="title-bar">
      <button type="button" className="title-bar-name" onClick={() => void leaveCase()}>
        {text('window:name')}
      </button>
      {openedCase !== null && (
        <p className="title-bar-case" title={openedCase.folder}>
          <span>
            {openedCase.reference === undefined ? '' : `${visibleText(openedCase.reference)} · `}
            {visibleText(openedCase.title)}
          </span>
          {exhibit !== null && <ChosenExhibit folder={openedCase.folder} exhibit={exhibit} />}
        </p>
      )}
      {openedCase !== null && readOnly && (
        <p className="title-bar-read-only" title={text('window/start:opened.readOnly')}>
          {text('window:readOnly')}
        </p>
      )}
      {/* A view adds what belongs to it (the workspace: its presets) at this place. */}
      <div id="title-bar-slot" className="title-bar-slot" />
      {openedCase !== null && (
        <nav className="title-bar-views" aria-label={text('window:views.label')}>
          {(['workspace', 'report'] as const).map((name) => (
            <Button key={name} quiet pressed={view === name} onClick={() => show(name)}>
              {text(`window:views.${name}`)}
            </Button>
          ))}
        </nav>
      )}
      <Button quiet onClick={() => useOverlay.setState({ palette: true })}>
        {text('window:palette.open')}
      </Button>
    </header>
  );
}

function ChosenExhibit({ folder, exhibit }: { folder: string; exhibit: string }) {
  const name = useExhibits(folder).data?.exhibits.find(({ id }) => id === exhibit)?.name;
  return (
    <span className="title-bar-exhibit">
      <span aria-hidden="true">▸ </span>
      {exhibit}
      {name === undefined ? '' : ` ${visibleText(name)}`}
    </span>
  );
}
