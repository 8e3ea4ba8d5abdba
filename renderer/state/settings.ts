import { create } from 'zustand';
import { z } from 'zod';
import { loadSettings as loadOperation, saveSettings } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';

/** The person's own settings on this machine. Unknown members of other versions are left alone. */
export const Settings = z.looseObject({
  theme: z.enum(['dark', 'light']).default('dark'),
  /** The person knows that seals here show integrity only, and does not want to be asked again. */
  practiceAccepted: z.boolean().default(false),
  surround: z.enum(['grey', 'black', 'white']).default('grey'),
  /** Own layouts by name, as the workspace describes them. */
  layouts: z.record(z.string(), z.unknown()).default({}),
});
export type Settings = z.infer<typeof Settings>;

interface SettingsState {
  readonly settings: Settings;
  change(change: Partial<Settings>): void;
}

export const useSettings = create<SettingsState>()((set, get) => ({
  settings: Settings.parse({}),
  change: (change) => {
    set(({ settings }) => ({ settings: { ...settings, ...change } }));
    showTheme(get().settings);
    void call(saveSettings, { settings: get().settings });
  },
}));

/** Reads the settings from the engine; anything that cannot be read is the default. */
export async function loadSettings(): Promise<void> {
  const { settings } = await call(loadOperation, {});
  const parsed = Settings.safeParse(settings);
  useSettings.setState({ settings: parsed.success ? parsed.data : Settings.parse({}) });
  showTheme(useSettings.getState().settings);
}

function showTheme({ theme }: Settings): void {
  document.documentElement.dataset['theme'] = theme;
}
