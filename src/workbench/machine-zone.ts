/** IANA name of the machine's time zone: what a case is shown in when nobody says otherwise. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
