import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface MoveButtonsProps {
  /** What is moved, as people call it. */
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
}

/** Two small buttons that change an entry's place in an ordered list. */
export function MoveButtons({ name, index, count, onMove }: MoveButtonsProps) {
  const { t } = useTranslation();
  if (count < 2) return null;
  return (
    <span className="move-buttons">
      <ActionIcon size={18} variant="subtle" color="gray" disabled={index === 0} aria-label={t('settings.order.up', { name })} title={t('settings.order.upKeys')} onClick={() => { onMove(-1); }}><IconChevronUp size={14} aria-hidden /></ActionIcon>
      <ActionIcon size={18} variant="subtle" color="gray" disabled={index === count - 1} aria-label={t('settings.order.down', { name })} title={t('settings.order.downKeys')} onClick={() => { onMove(1); }}><IconChevronDown size={14} aria-hidden /></ActionIcon>
    </span>
  );
}

/** Moves an entry with Alt and an arrow key, wherever in the entry the focus is. */
export function moveByKeys(onMove: (by: -1 | 1) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
}
