import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import i18next from 'i18next';

/** What is asked, and what the button says that does it; it is red where work ends. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly ends?: boolean;
}

/** Asks before something that ends work or costs money; the safe answer has the focus. */
export function confirmThen(question: Question, act: () => void): void {
  modals.openConfirmModal({
    title: question.title,
    children: <Text size="sm">{question.text}</Text>,
    labels: { confirm: question.confirm, cancel: i18next.t('common.keepGoing') },
    confirmProps: question.ends === false ? {} : { color: 'red' },
    cancelProps: { 'data-autofocus': true },
    onConfirm: act,
  });
}
