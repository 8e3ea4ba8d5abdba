import { useState } from 'react';
import { describePlace } from '../../../../src/base/describe-place.ts';
import type { Place } from '../../../../src/base/finding.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { errorText } from '../../../parts/error-text.ts';
import { useText } from '../../../text/text-context.tsx';
import { canGoTo, goToPlace } from '../go-to-place.ts';

/** So many places are shown before the person asks for all. */
const shownAtFirst = 6;
/** More buttons than this nobody presses; the tables hold every place. */
const shownAtMost = 200;

/** Places as buttons that lead the window there. */
export function PlaceButtons({
  folder,
  exhibit,
  places,
}: {
  folder: string;
  exhibit: string;
  places: readonly Place[];
}) {
  const text = useText();
  const [all, setAll] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (places.length === 0) return null;
  const shown = places.slice(0, all ? shownAtMost : shownAtFirst);
  const go = (place: Place): void => {
    setError(null);
    goToPlace(folder, exhibit, place).catch(setError);
  };
  return (
    <div className="panel-places">
      <ul aria-label={text('window/panels:places.label')}>
        {shown.map((place, i) => {
          const words = visibleText(describePlace(text, place));
          return (
            <li key={i}>
              {canGoTo(place) ? (
                <button type="button" className="panel-place mono" title={words} onClick={() => go(place)}>
                  {words}
                </button>
              ) : (
                <span className="mono muted">{words}</span>
              )}
            </li>
          );
        })}
      </ul>
      {!all && places.length > shownAtFirst && (
        <button type="button" className="panel-link" onClick={() => setAll(true)}>
          {text('window/panels:places.all', { count: places.length })}
        </button>
      )}
      {all && places.length > shownAtMost && (
        <p className="muted">{text('window/panels:places.more', { shown: shownAtMost, all: places.length })}</p>
      )}
      {error !== null && (
        <p role="alert" className="field-error">
          {errorText(text, error)}
        </p>
      )}
    </div>
  );
}
