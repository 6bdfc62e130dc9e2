import { ActionIcon, Button } from '@mantine/core';
import { IconExternalLink, IconFolder, IconFolderExclamation, IconFolderPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SettingsView, WatchedFolder } from '../../../src-shared/domain/views.ts';
import { confirmThen } from '../../components/confirm.tsx';
import { useAddFolder, useOpenFolder, useRemoveFolder } from '../../queries.ts';
import { Section } from './section.tsx';

function Folder({ folder }: { readonly folder: WatchedFolder }) {
  const { t } = useTranslation();
  const [open, remove] = [useOpenFolder(), useRemoveFolder()];
  const lost = folder.state === 'unreachable';
  const Icon = lost ? IconFolderExclamation : IconFolder;
  const ask = (): void => {
    confirmThen(
      { title: t('settings.folders.removeTitle'), text: t('settings.folders.removeText'), confirm: t('settings.folders.remove') },
      () => { remove.mutate({ folderId: folder.id }); },
    );
  };
  return (
    <li className="folder">
      <Icon size={20} stroke={1.5} aria-hidden className={lost ? 'not-read' : 'dimmed'} />
      <div className="folder-about">
        <span className="path">{folder.path}</span>
        <span className={lost ? 'not-read' : 'dimmed'}>
          {t(`settings.folders.${folder.state}`)}{folder.ignoredCount > 0 && ` · ${t('settings.folders.ignored', { count: folder.ignoredCount })}`}
        </span>
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={t('settings.folders.open', { path: folder.path })} title={t('settings.folders.openShort')} disabled={lost} onClick={() => { open.mutate({ folderId: folder.id }); }}><IconExternalLink size={17} aria-hidden /></ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t('settings.folders.removeOf', { path: folder.path })} title={t('settings.folders.remove')} onClick={ask}><IconTrash size={17} aria-hidden /></ActionIcon>
    </li>
  );
}

/** The folders LungDesk watches for exams. */
export function FoldersSection({ settings }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const add = useAddFolder();
  return (
    <Section name="folders" action={<Button size="xs" variant="default" leftSection={<IconFolderPlus size={15} aria-hidden />} loading={add.isPending} onClick={() => { add.mutate(); }}>{t('settings.folders.add')}</Button>}>
      {settings.folders.length === 0
        ? <p className="settings-none">{t('settings.folders.none')}</p>
        : <ul className="folders">{settings.folders.map((folder) => <Folder key={folder.id} folder={folder} />)}</ul>}
    </Section>
  );
}
