import { IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../../src-shared/domain/views.ts';
import { CandidatesCount } from '../../components/candidates-count.tsx';
import { CostAmount } from '../../components/cost.tsx';
import { CoverageMeter } from '../../components/coverage-meter.tsx';
import { DeviceOnlyLabel } from '../../components/device-label.tsx';
import { FindingsCount } from '../../components/findings-count.tsx';
import { PracticeLabel } from '../../components/practice-label.tsx';
import { PriorityBadge } from '../../components/priority-badge.tsx';
import { isSameExam } from '../../components/reading-claim.ts';
import type { ReadingCommands } from '../../components/reading-commands.tsx';
import { Stage } from '../../components/stage.tsx';
import { formatDescription, formatPersonName } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { hashOf } from '../../navigation.ts';
import { RowActions } from './row-actions.tsx';

/** The cells of one exam, in the order of the columns. */
export function QueueRowCells({ row, commands }: { readonly row: QueueRow; readonly commands: ReadingCommands }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = row.patientName === null ? '' : formatPersonName(row.patientName);
  const description = row.studyDescription === null ? '' : formatDescription(row.studyDescription);
  return (
    <>
      <div role="gridcell" className="cell cell-priority">
        {isSameExam(row) ? <span className="dimmed">–</span> : <PriorityBadge priority={row.priority} pending={row.priority === 'unknown' && row.status === null} />}
        {row.highPriority && <span className="high-priority" title={t('actions.highPriorityOn')}><IconStarFilled size={12} aria-hidden /><span className="visually-hidden">{t('actions.highPriorityOn')}</span></span>}
      </div>
      <div role="gridcell" className="cell cell-patient">
        <a href={hashOf({ screen: 'exam', readingId: row.readingId })} tabIndex={-1} className="cell-main">{name === '' ? t('exam.noName') : name}</a>
        <span className="cell-sub">{row.patientId ?? '–'}</span>
      </div>
      <div role="gridcell" className="cell cell-studyDate">{row.studyDate === null ? '–' : format.date(row.studyDate)}</div>
      <div role="gridcell" className="cell cell-description">
        <span className="cell-main" title={description}>{description === '' ? t('exam.noDescription') : description}</span>
        <span className="cell-sub">{row.modality ?? ''}{row.revision > 1 && ` · ${t('exam.revision', { number: row.revision })}`}{row.plan === 'device-only' ? <DeviceOnlyLabel /> : row.practice && <PracticeLabel short />}</span>
      </div>
      <div role="gridcell" className="cell cell-slices">{format.count(row.sliceCount)}</div>
      <div role="gridcell" className="cell cell-stage"><Stage row={row} /></div>
      <div role="gridcell" className="cell cell-findings"><FindingsCount row={row} /><CandidatesCount row={row} /></div>
      <div role="gridcell" className="cell cell-coverage"><CoverageMeter row={row} /></div>
      <div role="gridcell" className="cell cell-cost"><CostAmount cost={row.cost} /></div>
      <div role="gridcell" className="cell cell-updated">{format.moment(row.updatedAt)}</div>
      <div role="gridcell" className="cell cell-actions"><RowActions row={row} commands={commands} label={name === '' ? row.patientId ?? t('exam.noName') : name} /></div>
    </>
  );
}
