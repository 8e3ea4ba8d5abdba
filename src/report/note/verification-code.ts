/** `1a2b 3c4d …`: four digits at a time are compared by eye and read out. */
export function fingerprintGroups(hex: string): string {
  return (hex.match(/.{1,4}/g) ?? []).join(' ');
}
