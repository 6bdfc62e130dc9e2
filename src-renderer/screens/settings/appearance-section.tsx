import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';
import { Section } from './section.tsx';

/** Theme and language of the window. */
export function AppearanceSection({ settings: { settings } }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  return (
    <Section name="appearance">
      <div className="settings-pair">
        <div>
          <p className="field-label" id="theme-label">{t('settings.appearance.theme')}</p>
          <SegmentedControl fullWidth aria-labelledby="theme-label" value={settings.theme}
            data={[{ value: 'dark', label: t('settings.appearance.dark') }, { value: 'light', label: t('settings.appearance.light') }]}
            onChange={(theme) => { update.mutate({ theme: theme === 'light' ? 'light' : 'dark' }); }} />
        </div>
        <Select label={t('settings.appearance.language')} value={settings.language} allowDeselect={false}
          data={[{ value: 'system', label: t('settings.appearance.system') }, { value: 'en', label: 'English' }, { value: 'zh-CN', label: '简体中文' }]}
          onChange={(language) => { update.mutate({ language: language === 'en' || language === 'zh-CN' ? language : 'system' }); }} />
      </div>
    </Section>
  );
}
