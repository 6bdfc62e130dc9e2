import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconCpu, IconPlayerPlay, IconPlayerStop, IconPlus, IconSend, IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QueueRow, ReadingDetail } from '../../../src-shared/domain/views.ts';
import { CostAmount } from '../../components/cost.tsx';
import { coverageWords } from '../../components/coverage-words.ts';
import { DeviceOnlyLabel } from '../../components/device-label.tsx';
import { PracticeLabel } from '../../components/practice-label.tsx';
import { PriorityBadge } from '../../components/priority-badge.tsx';
import { isSameExam, readingActions } from '../../components/reading-claim.ts';
import { useReadingCommands } from '../../components/reading-commands.tsx';
import { Stage } from '../../components/stage.tsx';
import { formatDescription, formatPersonName } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { navigate } from '../../navigation.ts';

function Commands({ detail: { row } }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const commands = useReadingCommands();
  const allowed = readingActions(row);
  return (
    <div className="exam-commands">
      {allowed.changePriority && (
        <ActionIcon variant="default" size="md" aria-pressed={row.highPriority} aria-label={t('actions.highPriority')} title={t(row.highPriority ? 'actions.lowerPriority' : 'actions.raisePriority')}
          onClick={() => { commands.toggleHighPriority(row); }}>
          {row.highPriority ? <IconStarFilled size={15} className="high-priority" aria-hidden /> : <IconStar size={15} aria-hidden />}
        </ActionIcon>
      )}
      {allowed.decideLateSlices && <Button size="xs" variant="default" onClick={() => { commands.dismissLate(row); }}>{t('late.dismiss')}</Button>}
      {allowed.decideLateSlices && <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => { commands.acceptLate(row); }}>{t('late.accept')}</Button>}
      {allowed.finishOnDevice && <Button size="xs" variant="default" title={t('actions.finishOnDevice')} leftSection={<IconCpu size={14} aria-hidden />} onClick={() => { commands.finishOnDevice(row); }}><span className="command-words">{t('actions.finishOnDevice')}</span></Button>}
      {allowed.sendToRelay && <Button size="xs" variant="default" title={t('actions.sendToRelay')} leftSection={<IconSend size={14} aria-hidden />} onClick={() => { commands.sendToRelay(row); }}><span className="command-words">{t('actions.sendToRelay')}</span></Button>}
      {allowed.resume && <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => { commands.resume(row); }}>{t('actions.resume')}</Button>}
      {allowed.cancel && <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={() => { commands.cancel(row); }}>{t('actions.cancel')}</Button>}
    </div>
  );
}

function CoverageFact({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { planned, valid, searched } = row.coverage;
  const isShort = row.status !== null && !isSameExam(row) && row.status !== 'complete';
  return <div><dt>{t(row.plan === 'device-only' ? 'exam.searched' : 'exam.coverage')}</dt><dd className={isShort ? 'not-read' : ''} title={coverageWords(t, row.coverage)}>{planned === 0 ? '–' : format.share(valid + searched, planned)}</dd></div>;
}

/** Whose exam it is, how far the reading has come, how pressing it is and what it cost. */
export function ExamHeader({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { row } = detail;
  const name = row.patientName === null ? '' : formatPersonName(row.patientName);
  const about = [row.patientId, row.studyDate === null ? null : format.date(row.studyDate), row.studyDescription === null ? null : formatDescription(row.studyDescription)].filter((part) => part !== null);
  return (
    <header className="exam-header">
      <ActionIcon variant="subtle" color="gray" aria-label={t('exam.back')} title={`${t('exam.back')} (Esc)`} onClick={() => { navigate({ screen: 'queue' }); }}><IconArrowLeft size={18} aria-hidden /></ActionIcon>
      <div className="exam-who">
        <h1>{name === '' ? t('exam.noName') : name}</h1>
        <p title={about.join(' · ')}>{about.join(' · ')}</p>
      </div>
      {row.plan === 'device-only' ? <DeviceOnlyLabel /> : row.practice && <PracticeLabel />}
      <dl className="exam-facts">
        <div className="exam-stage"><dt>{t('exam.status')}</dt><dd><Stage row={row} /></dd></div>
        <div><dt>{t('exam.priority')}</dt><dd>{isSameExam(row) ? '–' : <PriorityBadge priority={row.priority} pending={row.priority === 'unknown' && row.status === null} />}</dd></div>
        <CoverageFact row={row} />
        <div><dt>{t('exam.cost')}</dt><dd><CostAmount cost={row.cost} /></dd></div>
      </dl>
      <Commands detail={detail} />
    </header>
  );
}
