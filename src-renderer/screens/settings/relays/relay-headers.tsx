import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { headerNameFault, headerValueFault } from '../../../../src-shared/domain/relay-header.ts';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useChangeRelay } from './relay-fields.tsx';

interface Row {
  readonly name: string;
  readonly value: string;
}

const mostHeaders = 16;

/** Why rows cannot be saved, by row and field; empty: they can. */
function faultsOf(rows: readonly Row[]): readonly { readonly name: 'shape' | 'secret' | 'reserved' | 'twice' | null; readonly value: 'shape' | 'secret' | null }[] {
  return rows.map(({ name, value }, index) => ({
    name: rows.findIndex((row) => row.name.trim().toLowerCase() === name.trim().toLowerCase()) < index ? 'twice' : headerNameFault(name.trim().toLowerCase()),
    value: headerValueFault(value.trim()),
  }));
}

/** Headers that a gateway wants beside the key; saved row by row, and never a secret. */
export function RelayHeaders({ relay }: { readonly relay: RelaySetting }) {
  const { t } = useTranslation();
  const change = useChangeRelay(relay.id);
  const [rows, setRows] = useState<readonly Row[]>(() => Object.entries(relay.extraHeaders).map(([name, value]) => ({ name, value })));
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const faults = faultsOf(rows);
  const save = (all: readonly Row[]): void => {
    if (faultsOf(all).some(({ name, value }) => name !== null || value !== null)) return;
    const extraHeaders = Object.fromEntries(all.map(({ name, value }) => [name.trim().toLowerCase(), value.trim()]));
    if (JSON.stringify(extraHeaders) !== JSON.stringify(relay.extraHeaders)) change.save({ extraHeaders });
  };
  const type = (index: number, part: Partial<Row>): void => { setRows(rows.map((row, at) => at === index ? { ...row, ...part } : row)); };
  const leave = (index: number): void => { setLeft(new Set([...left, index])); save(rows); };
  const remove = (index: number): void => {
    const rest = rows.filter((_row, at) => at !== index);
    setRows(rest);
    setLeft(new Set([...left].filter((at) => at !== index).map((at) => (at > index ? at - 1 : at))));
    save(rest);
  };
  return (
    <div className="relay-headers" role="group" aria-label={t('settings.headers.title')}>
      <p className="field-label">{t('settings.headers.title')} <span className="field-hint">{t('settings.headers.text')}</span></p>
      {rows.map((row, index) => {
        const fault = faults[index];
        // A field that was not left yet is not wrong yet; a secret is told at once.
        const isDone = left.has(index);
        const nameFault = fault?.name !== null && fault?.name !== undefined && (fault.name === 'secret' || (isDone && row.name !== '')) ? t(`settings.headers.nameFaults.${fault.name}`) : undefined;
        const valueFault = fault?.value !== null && fault?.value !== undefined && (fault.value === 'secret' || (isDone && row.value !== '')) ? t(`settings.headers.valueFaults.${fault.value}`) : undefined;
        return (
          <div className="header-row" key={index}>
            <TextInput size="xs" aria-label={t('settings.headers.name')} placeholder="x-title" value={row.name} error={nameFault} spellCheck={false} autoComplete="off" onChange={(event) => { type(index, { name: event.currentTarget.value }); }} onBlur={() => { leave(index); }} />
            <TextInput size="xs" aria-label={t('settings.headers.valueOf', { name: row.name })} placeholder="LungDesk" value={row.value} error={valueFault} spellCheck={false} autoComplete="off" onChange={(event) => { type(index, { value: event.currentTarget.value }); }} onBlur={() => { leave(index); }} />
            <ActionIcon variant="subtle" color="gray" aria-label={t('settings.headers.removeOf', { name: row.name })} title={t('settings.headers.remove')} onClick={() => { remove(index); }}><IconTrash size={15} aria-hidden /></ActionIcon>
          </div>
        );
      })}
      {change.isError && <p className="field-fault" role="alert">{errorText(t, problemIn(change.error)).what}</p>}
      <Button className="header-add" size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} disabled={rows.length >= mostHeaders} onClick={() => { setRows([...rows, { name: '', value: '' }]); }}>{t('settings.headers.add')}</Button>
    </div>
  );
}
