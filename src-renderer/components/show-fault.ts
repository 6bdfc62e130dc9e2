import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { errorText } from '../i18n/error-text.ts';
import { problemIn } from './problem-in.ts';

/** Shows what went wrong and what the person can do, in the corner of the window. */
export function showFault(error: unknown): void {
  const { what, advice } = errorText(i18next.t, problemIn(error));
  notifications.show({ color: 'red', title: what, message: advice ?? '', autoClose: 12_000 });
}
