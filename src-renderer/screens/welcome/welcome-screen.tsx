import './welcome.css';
import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { IconArrowRight, IconDeviceDesktop, IconFolderPlus, IconKey, IconLungs, IconPhotoUp, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { navigate } from '../../navigation.ts';
import { useAddFolder, useReadSampleExam, useUpdateSettings } from '../../queries.ts';

const promises = [
  { name: 'stays', Icon: IconDeviceDesktop },
  { name: 'leaves', Icon: IconPhotoUp },
  { name: 'key', Icon: IconKey },
] as const;

/** First run: what stays on this machine, and the two ways to a first reading. */
export function WelcomeScreen({ settings }: { readonly settings: SettingsView }) {
  const { t, i18n } = useTranslation();
  const [update, addFolder, readSample] = [useUpdateSettings(), useAddFolder(), useReadSampleExam()];
  const leave = (): void => { update.mutate({ welcomeSeen: true }); };
  const chooseFolder = (): void => {
    addFolder.mutate(undefined, { onSuccess: ({ folders }) => { if (folders.length > settings.folders.length) leave(); } });
  };
  const sample = (): void => {
    readSample.mutate(undefined, { onSuccess: ({ readingId }) => { navigate({ screen: 'exam', readingId }); leave(); } });
  };
  return (
    <main className="welcome">
      <div className="welcome-language">
        <SegmentedControl size="xs" aria-label={t('settings.appearance.language')} value={i18n.language}
          data={[{ value: 'en', label: 'English' }, { value: 'zh-CN', label: '简体中文' }]}
          onChange={(language) => { update.mutate({ language: language === 'zh-CN' ? 'zh-CN' : 'en' }); }} />
      </div>
      <section className="welcome-card">
        <IconLungs size={54} stroke={1.1} className="welcome-mark" aria-hidden />
        <h1>LungDesk</h1>
        <p className="welcome-lead">{t('welcome.lead')}</p>
        <ul className="welcome-promises">
          {promises.map(({ name, Icon }) => (
            <li key={name}><Icon size={20} stroke={1.5} aria-hidden /><span>{name === 'key' && settings.key.keychain === 'unavailable' ? t('welcome.keySession') : t(`welcome.${name}`)}</span></li>
          ))}
        </ul>
        <div className="welcome-ways">
          <Button size="md" leftSection={<IconFolderPlus size={18} aria-hidden />} loading={addFolder.isPending} onClick={chooseFolder}>{t('welcome.chooseFolder')}</Button>
          <Button size="md" variant="default" leftSection={<IconPlayerPlay size={18} aria-hidden />} loading={readSample.isPending} onClick={sample}>{t('welcome.sample')}</Button>
        </div>
        <p className="welcome-attribution">{t('welcome.attribution')}</p>
        <Anchor component="button" type="button" size="sm" className="welcome-skip" onClick={leave}>{t('welcome.skip')} <IconArrowRight size={14} aria-hidden /></Anchor>
      </section>
      <footer className="welcome-notice">{t('notice')}</footer>
    </main>
  );
}
