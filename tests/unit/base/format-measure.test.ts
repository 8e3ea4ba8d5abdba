import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Unit, type Measure } from '../../../src/base/finding.ts';
import { formatMeasure } from '../../../src/base/format-measure.ts';
import { createText, type Catalogue } from '../../../src/base/text.ts';

const units = JSON.parse(readFileSync('resources/locales/en/units.json', 'utf8')) as Catalogue;
const text = createText({ en: { units } }, 'en', { onMissing: 'throw' });
const shown = (name: string, measure: Measure) => formatMeasure(text, name, measure).replaceAll('\u202f', ' ');

describe('formatMeasure', () => {
  it.each<[string, Measure, string]>([
    ['audioLeadMs', { value: 160, unit: 'ms', uncertainty: 20 }, '+160 ± 20 ms'],
    ['audioLeadMs', { value: -23.2199, unit: 'ms' }, '−23.22 ms'],
    ['audioLeadMs', { value: 1.234, unit: 'ms', uncertainty: 0.05 }, '+1.234 ± 0.050 ms'],
    ['duration', { value: 83_456, unit: 'ms' }, '83 456 ms (00:01:23.456)'],
    ['duration', { value: 83.4561, unit: 's' }, '83.456 s (00:01:23.456)'],
    ['age', { value: 5_337_730, unit: 's' }, '5 337 730 s (61 days 18:42:10.000)'],
    ['age', { value: 172_799, unit: 's' }, '172 799 s (47:59:59.000)'],
    ['size', { value: 1, unit: 'bytes' }, '1 byte'],
    ['size', { value: 9999, unit: 'bytes' }, '9999 bytes'],
    ['size', { value: 1_234_567, unit: 'bytes' }, '1 234 567 bytes (1.23 MB)'],
    ['rate', { value: 44_100, unit: 'Hz' }, '44.1 kHz'],
    ['hum', { value: 50.02, unit: 'Hz' }, '50.02 Hz'],
    ['bandwidth', { value: 16_000, unit: 'Hz', uncertainty: 250 }, '16.00 ± 0.25 kHz'],
    ['bitRate', { value: 4_250_123, unit: 'bit/s' }, '4.25 Mbit/s'],
    ['loudness', { value: -23.14, unit: 'LUFS' }, '−23.1 LUFS'],
    ['frameCount', { value: 1, unit: 'frames' }, '1 frame'],
    ['frameCount', { value: 900, unit: 'frames' }, '900 frames'],
    ['moovFirst', { value: true, unit: 'text' }, 'yes'],
    ['software', { value: 'Lavf59', unit: 'text' }, 'Lavf59'],
    ['falseAlarms', { value: 2.5e-9, unit: '1' }, '2.5 × 10⁻⁹'],
  ])('%s %j is read as %s', (name, measure, expected) => {
    expect(shown(name, measure)).toBe(expected);
  });

  it('has words for every unit', () => {
    for (const unit of Unit.options) {
      expect(shown('x', { value: 2, unit })).toContain('2');
      if (unit !== '1' && unit !== 'text') expect(text(`units:axis.${unit}`)).not.toBe('');
    }
  });
});
