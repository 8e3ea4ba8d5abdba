import { describe, expect, it } from 'vitest';
import { formatClock, formatMoment } from '../../../src/base/format-time.ts';

describe('formatClock', () => {
  it.each([
    [0, '00:00:00.000'],
    [41_133.4, '00:00:41.133'],
    [59_999.6, '00:01:00.000'],
    [-160, '\u221200:00:00.160'],
    [-0.2, '00:00:00.000'],
    [360_000_000, '100:00:00.000'],
  ])('shows %s ms as %s', (ms, shown) => {
    expect(formatClock(ms)).toBe(shown);
  });
});

describe('formatMoment', () => {
  it('shows a moment in the zone of the case with its offset', () => {
    expect(formatMoment('2026-03-14T10:26:53.999Z', 'Asia/Dushanbe')).toBe(
      '2026-03-14 15:26:53 +05:00 (Asia/Dushanbe)',
    );
    expect(formatMoment('2026-01-01T00:30:00Z', 'America/St_Johns')).toBe(
      '2025-12-31 21:00:00 -03:30 (America/St_Johns)',
    );
    expect(formatMoment('2026-07-01T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-01 02:00:00 +02:00 (Europe/Berlin)');
  });

  it('does not lean on the zone of the machine', () => {
    // tests/global-setup.ts pins the machine to Asia/Almaty.
    expect(formatMoment('2026-03-14T10:26:53Z', 'UTC')).toBe('2026-03-14 10:26:53 +00:00 (UTC)');
  });

  it('shows UTC and says so where the zone is unknown', () => {
    expect(formatMoment('2026-03-14T10:26:53Z', 'Mars/Olympus')).toBe('2026-03-14 10:26:53 +00:00 (UTC)');
  });

  it('keeps what is no date as it is', () => {
    expect(formatMoment('0000:00:00', 'UTC')).toBe('0000:00:00');
  });

  it('shows midnight as hour 00', () => {
    expect(formatMoment('2026-03-14T00:00:00Z', 'UTC')).toContain(' 00:00:00 ');
  });
});
