import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Settings of the window's own Chromium profile. SECURITY: nothing is kept, corrected, translated or looked up: the
 * passphrase is never offered to a password store, and no dictionary or page is fetched ahead.
 */
export const chromiumPreferences = {
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: { password_manager_enabled: false, default_content_setting_values: deniedByDefault() },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false, has_seen_welcome_page: true, custom_chrome_frame: false },
  spellcheck: { use_spelling_service: false, dictionaries: [] },
  translate: { enabled: false },
  net: { network_prediction_options: 2 },
  search: { suggest_enabled: false },
  signin: { allowed: false },
  safebrowsing: { enabled: false, enhanced: false, scout_reporting_enabled: false },
  dns_over_https: { mode: 'off' },
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
} as const;

/** Chromium's number for "blocked", by the permissions that a page could ask for. */
function deniedByDefault(): Readonly<Record<string, number>> {
  const blocked = 2;
  const permissions = [
    ...['geolocation', 'notifications', 'media_stream_mic', 'media_stream_camera', 'midi_sysex', 'sensors'],
    ...['usb_guard', 'serial_guard', 'bluetooth_guard', 'hid_guard', 'file_system_write_guard', 'popups'],
    ...['automatic_downloads', 'background_sync', 'idle_detection', 'window_placement', 'local_fonts'],
  ];
  return Object.fromEntries(permissions.map((name) => [name, blocked]));
}

/** Makes a new profile with these settings in a folder of its own; the folder's path. */
export async function writeChromiumProfile(folder: string): Promise<string> {
  const profile = join(folder, 'profile');
  await mkdir(join(profile, 'Default'), { recursive: true, mode: 0o700 });
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(chromiumPreferences));
  return profile;
}
