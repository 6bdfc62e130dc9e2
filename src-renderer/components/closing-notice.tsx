import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listen } from '../workstation.ts';

/** Covers the window while LungDesk ends: requests on their way are waited for, so that none is paid for twice. */
export function ClosingNotice() {
  const { t } = useTranslation();
  const [readings, setReadings] = useState<number | null>(null);
  useEffect(() => listen('closing', (event) => { setReadings(event.readings); }), []);
  if (readings === null) return null;
  return (
    <div className="closing" role="alert">
      <Loader size="sm" aria-hidden />
      <p>{readings === 0 ? t('closing.now') : t('closing.waiting', { count: readings })}</p>
    </div>
  );
}
