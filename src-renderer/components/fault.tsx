import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../i18n/error-text.ts';
import { problemIn } from './problem-in.ts';

/** Says what happened and what the person can do, in place of what could not be shown. */
export function Fault({ error, onRetry, children }: { readonly error: unknown; readonly onRetry?: () => void; readonly children?: ReactNode }) {
  const { t } = useTranslation();
  const { what, advice } = errorText(t, problemIn(error));
  return (
    <div className="fault" role="alert">
      <IconAlertTriangle size={28} aria-hidden />
      <p className="fault-what">{what}</p>
      {advice !== null && <p className="fault-advice">{advice}</p>}
      {onRetry !== undefined && <Button variant="default" size="xs" onClick={onRetry}>{t('common.tryAgain')}</Button>}
      {children}
    </div>
  );
}
