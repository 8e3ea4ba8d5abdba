import { create } from 'zustand';
import { useSettings } from '../../state/settings.ts';
import { readPreferences, type LanePreferences } from './lane-preferences.ts';

interface PreferenceState {
  readonly preferences: LanePreferences | undefined;
  change(change: (now: LanePreferences) => LanePreferences): void;
}

/** A change is written to the settings when nothing more came for this long: an edge that is dragged writes once. */
const writeAfterMs = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

const useChanged = create<PreferenceState>()((set, get) => ({
  preferences: undefined,
  change: (change) => {
    const now = change(get().preferences ?? readPreferences(useSettings.getState().settings['axis']));
    set({ preferences: now });
    clearTimeout(timer);
    timer = setTimeout(() => useSettings.getState().change({ axis: now }), writeAfterMs);
  },
}));

/** How the person wants the lanes, from the settings and from what was changed since. */
export function useLanePreferences(): { preferences: LanePreferences; change: PreferenceState['change'] } {
  const { preferences, change } = useChanged();
  const kept = useSettings(({ settings }) => settings['axis']);
  return { preferences: preferences ?? readPreferences(kept), change };
}
