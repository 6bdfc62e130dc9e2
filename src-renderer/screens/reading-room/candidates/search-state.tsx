import { Button, Progress } from '@mantine/core';
import { IconCpu, IconCpuOff, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { isOnItsWay, readingActions } from '../../../components/reading-claim.ts';
import { useReadingCommands } from '../../../components/reading-commands.tsx';
import { useFormat } from '../../../i18n/use-format.ts';

interface StateProps {
  readonly Icon: typeof IconCpu;
  readonly title: string;
  readonly text: string;
  readonly tone?: 'calm' | 'warn';
  readonly children?: ReactNode;
}

function State({ Icon, title, text, tone = 'calm', children }: StateProps) {
  return <div className={`nothing search-state search-state-${tone}`}><Icon size={34} stroke={1.2} aria-hidden /><h2>{title}</h2><p>{text}</p>{children}</div>;
}

function Running({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const commands = useReadingCommands();
  const progress = detail.row.searchProgress ?? 0;
  return (
    <State Icon={IconCpu} title={t('candidates.running.title')} text={t('candidates.running.text')}>
      <Progress.Root size="md" className="search-progress">
        <Progress.Section value={progress * 100} aria-label={t('candidates.running.progress')} />
      </Progress.Root>
      <p className="search-share">{format.share(progress, 1)}</p>
      {readingActions(detail.row).cancel && <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={() => { commands.cancel(detail.row); }}>{t('actions.cancel')}</Button>}
    </State>
  );
}

function Failed({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const commands = useReadingCommands();
  // A reading that has ended whole is not taken up again for the search alone.
  const { resume } = readingActions(detail.row);
  return (
    <State Icon={IconCpuOff} title={t('candidates.failed.title')} text={t('candidates.failed.text')} tone="warn">
      {resume && <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => { commands.resume(detail.row); }}>{t('candidates.failed.again')}</Button>}
    </State>
  );
}

function NeverSearched({ detail: { row } }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const commands = useReadingCommands();
  const { resume } = readingActions(row);
  return (
    <State Icon={IconCpuOff} title={t('candidates.never.title')} text={t(resume ? 'candidates.never.resume' : 'candidates.never.text')}>
      {resume && <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => { commands.resume(row); }}>{t('actions.resume')}</Button>}
    </State>
  );
}

/** Stands in place of the list while there is none: what the device is doing, or that it found nothing and what that does not mean. */
export function SearchState({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const { search, row } = detail;
  if (search?.state === 'running') return <Running detail={detail} />;
  if (search?.state === 'failed') return <Failed detail={detail} />;
  if (search?.state === 'done') return <State Icon={IconCpu} title={t('candidates.none.title')} text={t('candidates.none.text', { count: search.searchedSlices })} />;
  if (isOnItsWay(row)) return <State Icon={IconCpu} title={t('candidates.notSearched.title')} text={t('candidates.notSearched.text')} />;
  return <NeverSearched detail={detail} />;
}
