import { useState } from 'react';
import { formatBytes } from '../../../../src/base/format-measure.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { Button } from '../../../parts/button.tsx';
import { copyText } from '../../../parts/copy-text.ts';
import { useText } from '../../../text/text-context.tsx';
import { showBytes } from '../byte-target.ts';
import { valueAsText, type MetadataValue } from './metadata-rows.ts';

/** The chosen value in full, with its place, to be copied. */
export function ValueDetail(props: { exhibit: string; value: MetadataValue; onClose: () => void }) {
  const { exhibit, value, onClose } = props;
  const text = useText();
  const [told, setTold] = useState('');
  const { offset, length } = value;
  const copy = (words: string): void => {
    copyText(words).then(
      () => setTold(text('window/panels:copied')),
      () => setTold(text('window/panels:copyFailed')),
    );
  };
  const time = value.time === '' ? '' : `${value.time} · ${zoneWords(text, value.zone)}`;
  const rows = [
    ['tag', value.tag],
    ['origin', value.origin],
    ['readable', value.readable],
    ['raw', value.raw === value.readable ? '' : value.raw],
    ['id', value.id],
    ['time', time],
    ['length', length === undefined ? '' : formatBytes(text, length)],
  ].filter(([, words]) => words !== '');
  return (
    <section className="value-detail" aria-label={visibleText(value.tag)}>
      <dl>
        {rows.map(([name, words]) => (
          <div key={name}>
            <dt>{text(`methods/metadata:columns.${name ?? ''}`)}</dt>
            <dd className="mono">{visibleText(words ?? '')}</dd>
          </div>
        ))}
      </dl>
      <div className="value-detail-actions">
        <Button onClick={() => copy(value.readable === '' ? value.raw : value.readable)}>
          {text('window/panels:metadata.copyValue')}
        </Button>
        <Button onClick={() => copy(valueAsText(value))}>{text('window/panels:metadata.copyRow')}</Button>
        {offset !== undefined && (
          <Button onClick={() => showBytes({ exhibit, offset, ...(length === undefined ? {} : { length }) })}>
            {text('window/panels:metadata.show', { offset: String(offset) })}
          </Button>
        )}
        <Button quiet onClick={onClose}>
          {text('window:close')}
        </Button>
        <span role="status" className="muted">
          {told}
        </span>
      </div>
    </section>
  );
}

function zoneWords(text: ReturnType<typeof useText>, zone: string): string {
  const key = `methods/metadata:cells.${zone}`;
  return text.has(key) ? text(key) : visibleText(zone);
}
