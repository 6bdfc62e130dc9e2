import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../../src-shared/domain/views.ts';
import { readingActions } from '../../components/reading-claim.ts';
import { useReadingCommands } from '../../components/reading-commands.tsx';
import { navigate } from '../../navigation.ts';
import { sortColumns } from './arrange-rows.ts';
import type { SortColumn, SortOrder } from './arrange-rows.ts';
import { QueueRowCells } from './queue-row-cells.tsx';

const rowHeight = 50;
const headHeight = 33;

interface TableProps {
  readonly rows: readonly QueueRow[];
  readonly order: SortOrder;
  readonly onOrder: (order: SortOrder) => void;
}

// The first look at a column of amounts wants the largest; at one of words, the alphabet.
function startsDescending(column: SortColumn): boolean {
  return !['patient', 'description', 'stage'].includes(column);
}

function HeaderCells({ order, onOrder }: Pick<TableProps, 'order' | 'onOrder'>) {
  const { t } = useTranslation();
  return (
    <div className="queue-row queue-head" role="row" aria-rowindex={1}>
      {sortColumns.map((column) => {
        const sorted = order.column === column;
        const Arrow = order.descending ? IconArrowDown : IconArrowUp;
        return (
          <div key={column} role="columnheader" className={`cell cell-${column}`} aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : 'none'}>
            <button type="button" onClick={() => { onOrder({ column, descending: sorted ? !order.descending : startsDescending(column) }); }}>
              {t(`queue.columns.${column}`)}{sorted && <Arrow size={12} aria-hidden />}
            </button>
          </div>
        );
      })}
      <div role="columnheader" className="cell cell-actions"><span className="visually-hidden">{t('queue.columns.actions')}</span></div>
    </div>
  );
}

/** The queue as a table that draws only the rows in sight; one tab stop, arrows move, Enter opens. */
export function QueueTable({ rows, order, onOrder }: TableProps) {
  const { t } = useTranslation();
  const commands = useReadingCommands();
  const scroller = useRef<HTMLDivElement>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const found = rows.findIndex(({ readingId }) => readingId === selectedId);
  const selected = found === -1 ? 0 : found;
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's functions are called in this render only
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, scrollPaddingStart: headHeight,
    getItemKey: (index) => rows[index]?.readingId ?? index,
  });

  const select = (index: number): void => {
    const next = Math.min(Math.max(0, index), rows.length - 1);
    setSelectedId(rows[next]?.readingId ?? null);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const row = rows[selected];
    if (event.target !== event.currentTarget || row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const allowed = readingActions(row);
    const act: Record<string, (() => void) | undefined> = {
      ArrowDown: () => { select(selected + 1); },
      ArrowUp: () => { select(selected - 1); },
      PageDown: () => { select(selected + 10); },
      PageUp: () => { select(selected - 10); },
      Home: () => { select(0); },
      End: () => { select(rows.length - 1); },
      Enter: () => { navigate({ screen: 'exam', readingId: row.readingId }); },
      h: allowed.changePriority ? () => { commands.toggleHighPriority(row); } : undefined,
      r: allowed.resume ? () => { commands.resume(row); } : undefined,
      Delete: allowed.cancel ? () => { commands.cancel(row); } : undefined,
    };
    const run = act[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };

  if (rows.length === 0) return <p className="queue-nothing">{t('queue.nothingMatches')}</p>;
  return (
    <div className="queue-table" role="grid" tabIndex={0} aria-label={t('queue.title')} aria-rowcount={rows.length + 1}
      aria-activedescendant={rows[selected] === undefined ? undefined : `row-${rows[selected].readingId}`} onKeyDown={press}>
      <div ref={scroller} className="queue-scroller" role="presentation">
        <div className="queue-sticky" role="rowgroup"><HeaderCells order={order} onOrder={onOrder} /></div>
        <div className="queue-canvas" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div key={item.key} id={`row-${row.readingId}`} role="row" aria-rowindex={item.index + 2} aria-selected={item.index === selected}
                className={`queue-row queue-body-row${row.priority === 'critical' ? ' is-critical' : ''}`}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
                onClick={() => { setSelectedId(row.readingId); }}
                onDoubleClick={() => { navigate({ screen: 'exam', readingId: row.readingId }); }}>
                <QueueRowCells row={row} commands={commands} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
