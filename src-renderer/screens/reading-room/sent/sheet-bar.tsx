import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconMaximize, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RoomAction } from '../reading-room-state.ts';
import { sheetZooms } from './sheet-state.ts';
import type { SheetState } from './sheet-state.ts';

interface SheetBarProps {
  readonly state: SheetState;
  /** Of the sheet in view, among all. */
  readonly index: number;
  readonly count: number;
  readonly act: (action: RoomAction) => void;
}

/** Pages through the pictures and says how large they are drawn. */
export function SheetBar({ state, index, count, act }: SheetBarProps) {
  const { t } = useTranslation();
  const tool = (label: string, key: string, icon: React.ReactNode, onClick: () => void, disabled = false) => (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={`${label} (${key})`} disabled={disabled} onClick={onClick}>{icon}</ActionIcon>
  );
  return (
    <div className="sheet-bar">
      {tool(t('sent.previous'), ',', <IconChevronLeft size={16} aria-hidden />, () => { act({ kind: 'neighbour-sheet', count, step: -1 }); }, count < 2)}
      <span className="sheet-page" role="status">{t('sent.page', { number: index + 1, count })}</span>
      {tool(t('sent.next'), '.', <IconChevronRight size={16} aria-hidden />, () => { act({ kind: 'neighbour-sheet', count, step: 1 }); }, count < 2)}
      <span className="toolbar-space" />
      <span className="chips" role="group" aria-label={`${t('sent.zoom')} (Z)`}>
        {sheetZooms.map((zoom) => (
          <button key={zoom} type="button" className="chip" aria-pressed={state.zoom === zoom} onClick={() => { act({ kind: 'sheet-zoom', zoom }); }}>{zoom === 'fit' ? t('sent.fit') : `${zoom * 100}%`}</button>
        ))}
      </span>
      {tool(t(state.isLarge ? 'sent.smaller' : 'sent.larger'), 'E', state.isLarge ? <IconX size={16} aria-hidden /> : <IconMaximize size={15} aria-hidden />, () => { act({ kind: 'toggle-sheet-large' }); })}
    </div>
  );
}
