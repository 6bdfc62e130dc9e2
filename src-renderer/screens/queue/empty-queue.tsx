import { Button } from '@mantine/core';
import { IconFolderPlus, IconPlayerPlay, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../navigation.ts';
import { useAddFolder, useReadSampleExam, useSettings } from '../../queries.ts';

/** Says how the first exam gets into the queue. */
export function EmptyQueue() {
  const { t } = useTranslation();
  const folders = useSettings().data?.folders ?? [];
  const [addFolder, readSample] = [useAddFolder(), useReadSampleExam()];
  const [first] = folders;
  return (
    <section className="empty">
      <IconStack2 size={44} stroke={1.1} aria-hidden />
      <h2>{t('queue.empty.title')}</h2>
      {first === undefined
        ? <p>{t('queue.empty.noFolder')}</p>
        : <p>{t('queue.empty.drop')}<br /><code className="path">{first.path}</code></p>}
      <div className="empty-actions">
        <Button variant={first === undefined ? 'filled' : 'default'} leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => { addFolder.mutate(); }}>{t('queue.watchFolder')}</Button>
        <Button variant="default" loading={readSample.isPending} leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => { readSample.mutate(undefined, { onSuccess: ({ readingId }) => { navigate({ screen: 'exam', readingId }); } }); }}>
          {t('queue.empty.sample')}
        </Button>
      </div>
    </section>
  );
}
