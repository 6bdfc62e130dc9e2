import { UnstyledButton } from '@mantine/core';
import { IconFolder, IconFolderExclamation, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../src-shared/domain/views.ts';
import { useFormat } from '../i18n/use-format.ts';
import { useCurrentSpend } from '../queries.ts';
import { CostAmount } from './cost.tsx';
import { PracticeLabel } from './practice-label.tsx';

function RelayInUse({ settings }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  if (settings.practice) return <PracticeLabel />;
  const ready = settings.key.state === 'stored' || settings.key.state === 'session-only';
  const Icon = ready ? IconPlugConnected : IconPlugConnectedX;
  return <span className="status-item" title={t('status.relay')}><Icon size={14} aria-hidden />{settings.relayHost}</span>;
}

function Folders({ folders }: Pick<SettingsView, 'folders'>) {
  const { t } = useTranslation();
  const lost = folders.filter(({ state }) => state === 'unreachable').length;
  const Icon = lost > 0 ? IconFolderExclamation : IconFolder;
  return (
    <span className={lost > 0 ? 'status-item status-warn' : 'status-item'}>
      <Icon size={14} aria-hidden />
      {lost > 0 ? t('status.foldersLost', { count: lost }) : t('status.folders', { count: folders.length })}
    </span>
  );
}

function MonthSpend() {
  const { t } = useTranslation();
  const format = useFormat();
  const spend = useCurrentSpend().data;
  if (spend === undefined) return null;
  return (
    <span className="status-item">
      {t('status.month')} <CostAmount cost={spend.cost} />
      {spend.budgetMicroUsd !== null && <span className="dimmed">{t('status.ofBudget', { budget: format.money(spend.budgetMicroUsd) })}</span>}
    </span>
  );
}

/** One line that always says which relay reads, what is watched, what it cost, and who decides. */
export function StatusBar({ settings, onShortcuts }: { readonly settings: SettingsView; readonly onShortcuts: () => void }) {
  const { t } = useTranslation();
  return (
    <footer className="status-bar">
      <RelayInUse settings={settings} />
      <Folders folders={settings.folders} />
      <MonthSpend />
      <span className="status-notice">{t('notice')}</span>
      <UnstyledButton className="status-keys" onClick={onShortcuts} aria-label={t('shortcuts.title')} title={t('shortcuts.title')}><kbd>?</kbd></UnstyledButton>
    </footer>
  );
}
