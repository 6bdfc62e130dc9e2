import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import i18next from 'i18next';

/** Asks before something that ends work; the safe answer has the focus. */
export function confirmThen(question: { readonly title: string; readonly text: string; readonly confirm: string }, act: () => void): void {
  modals.openConfirmModal({
    title: question.title,
    children: <Text size="sm">{question.text}</Text>,
    labels: { confirm: question.confirm, cancel: i18next.t('common.keepGoing') },
    confirmProps: { color: 'red' },
    cancelProps: { 'data-autofocus': true },
    onConfirm: act,
  });
}
