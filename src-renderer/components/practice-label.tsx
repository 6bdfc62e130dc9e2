import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Marks answers of the built-in practice relay, which mean nothing for a patient. */
export function PracticeLabel({ short = false }: { readonly short?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="practice-label" title={t('practice.full')}>
      <IconFlask size={14} aria-hidden />
      {t(short ? 'practice.short' : 'practice.full')}
    </span>
  );
}
