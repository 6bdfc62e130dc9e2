import './queue.css';
import { Button, TextInput } from '@mantine/core';
import { IconFolderPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault } from '../../components/fault.tsx';
import { isPlain, isTaken } from '../../components/keyboard.ts';
import { ModelEndNotices } from '../../components/model-end-notices.tsx';
import { useAddFolder, useQueue, useSettings } from '../../queries.ts';
import { filterRows, isInState, sortRows, stateFilters } from './arrange-rows.ts';
import type { SortOrder, StateFilter } from './arrange-rows.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { QueueTable } from './queue-table.tsx';

function useFilterKey() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== '/' || isTaken(event) || !isPlain(event)) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', press);
    return () => { window.removeEventListener('keydown', press); };
  }, []);
  return field;
}

/** Every exam the workstation knows, live, with what a person can do about each. */
export function QueueScreen() {
  const { t, i18n } = useTranslation();
  const queue = useQueue();
  const settings = useSettings().data;
  const addFolder = useAddFolder();
  const field = useFilterKey();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<StateFilter>('all');
  const [order, setOrder] = useState<SortOrder>({ column: 'priority', descending: true });
  const all = queue.data;
  const rows = useMemo(() => sortRows(filterRows(all ?? [], text, filter), order, i18n.language), [all, text, filter, order, i18n.language]);
  if (queue.isError) return <Fault error={queue.error} onRetry={() => void queue.refetch()} />;
  if (all === undefined) return <div className="screen" aria-busy />;
  return (
    <div className="screen queue-screen">
      <header className="queue-header">
        <h1>{t('queue.title')}</h1>
        <TextInput ref={field} className="queue-filter" size="xs" value={text} onChange={(event) => { setText(event.currentTarget.value); }}
          onKeyDown={(event) => { if (event.key === 'Escape') { setText(''); event.currentTarget.blur(); } }}
          leftSection={<IconSearch size={14} aria-hidden />} rightSection={<kbd aria-hidden>/</kbd>}
          placeholder={t('queue.filterPlaceholder')} aria-label={t('queue.filterLabel')} />
        <div className="chips" role="group" aria-label={t('queue.stateFilter')}>
          {stateFilters.map((name) => (
            <button key={name} type="button" className="chip" aria-pressed={filter === name} onClick={() => { setFilter(name); }}>
              {t(`queue.filters.${name}`)} <span className="chip-count">{all.filter((row) => isInState(row, name)).length}</span>
            </button>
          ))}
        </div>
        <Button className="queue-add" size="xs" variant="default" leftSection={<IconFolderPlus size={15} aria-hidden />} onClick={() => { addFolder.mutate(); }}>{t('queue.watchFolder')}</Button>
      </header>
      {settings !== undefined && <ModelEndNotices view={settings} />}
      {all.length === 0 ? <EmptyQueue /> : <QueueTable rows={rows} order={order} onOrder={setOrder} />}
    </div>
  );
}
