import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { formatBytes } from '../../../../src/base/format-measure.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { useText } from '../../../text/text-context.tsx';
import type { NodeField, TreeNode } from './structure-tree.ts';

const lineHeight = 22;

interface FieldListProps {
  readonly node: TreeNode | undefined;
  readonly fields: readonly NodeField[];
  readonly chosen: number | null;
  readonly onChoose: (at: number) => void;
}

/** The fields of the chosen part; choosing one shows its bytes. */
export function FieldList({ node, fields, chosen, onChoose }: FieldListProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: fields.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (chosen !== null) virtual.scrollToIndex(chosen);
  }, [virtual, chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: chosen === null ? 0 : chosen + 1,
      ArrowUp: (chosen ?? 1) - 1,
      Home: 0,
      End: fields.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined || fields.length === 0) return;
    event.preventDefault();
    onChoose(Math.min(Math.max(to, 0), fields.length - 1));
  };
  return (
    <div className="panel">
      <p className="panel-bar fields-head">
        {node === undefined ? (
          <span className="muted">{text('window/panels:structure.noNode')}</span>
        ) : (
          <>
            <span className="mono fields-path">{visibleText(node.path)}</span>
            <span className="mono muted">{formatBytes(text, node.size)}</span>
          </>
        )}
      </p>
      {node !== undefined && fields.length === 0 && (
        <p className="panel-note muted">{text('window/panels:structure.noFields')}</p>
      )}
      <div
        ref={scroller}
        className="panel-scroll"
        role="listbox"
        tabIndex={0}
        hidden={fields.length === 0}
        aria-label={text('window/panels:structure.fields')}
        {...(chosen === null ? {} : { 'aria-activedescendant': `field-${chosen}` })}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" className="virtual-all" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const field = fields[index];
            if (field === undefined) return null;
            const value = visibleText(field.value);
            return (
              <div
                key={index}
                id={`field-${index}`}
                role="option"
                className="field-line"
                aria-selected={index === chosen}
                aria-posinset={index + 1}
                aria-setsize={fields.length}
                title={`${visibleText(field.name)} ${value}`}
                style={{ top: start }}
                onClick={() => onChoose(index)}
              >
                <span className="field-name">{visibleText(field.name)}</span>
                <span className="mono field-value">{value}</span>
                <span className="mono muted">{field.offset ?? ''}</span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
