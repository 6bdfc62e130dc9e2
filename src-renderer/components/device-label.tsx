import { IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Marks what the device found by itself. */
export function DeviceTag() {
  const { t } = useTranslation();
  return <span className="device-tag"><IconCpu size={13} aria-hidden />{t('candidates.device')}</span>;
}

/** Marks an exam that the device alone searched. */
export function DeviceOnlyLabel() {
  const { t } = useTranslation();
  return <span className="device-only" title={t('candidates.deviceOnlyText')}><IconCpu size={13} aria-hidden />{t('candidates.deviceOnly')}</span>;
}
