/** Rec. ITU-T T.81 Table B.1. `SOF3`, `RST0`, `APP11`, …; undefined for codes that it reserves. */
export function markerName(code: number): string | undefined {
  if (code >= 0xe0 && code <= 0xef) return `APP${code - 0xe0}`;
  if (code >= 0xd0 && code <= 0xd7) return `RST${code - 0xd0}`;
  return named[code] ?? (code >= 0xc0 && code <= 0xcf ? `SOF${code - 0xc0}` : undefined);
}

const named: Readonly<Record<number, string>> = {
  0x01: 'TEM',
  0xc4: 'DHT',
  0xc8: 'JPG',
  0xcc: 'DAC',
  0xd8: 'SOI',
  0xd9: 'EOI',
  0xda: 'SOS',
  0xdb: 'DQT',
  0xdc: 'DNL',
  0xdd: 'DRI',
  0xde: 'DHP',
  0xdf: 'EXP',
  0xf7: 'SOF55',
  0xf8: 'LSE',
  0xfe: 'COM',
};

export const markers = { soi: 0xd8, eoi: 0xd9, sos: 0xda } as const;

/** Markers without a length and contents. */
export function standsAlone(code: number): boolean {
  return code === 0x01 || (code >= 0xd0 && code <= 0xd9);
}
