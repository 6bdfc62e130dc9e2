import { Progress } from '@mantine/core';
import { IconAlertTriangle, IconCpu, IconInbox, IconLoader2, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { hasLateSlices, isSameExam } from '../../components/reading-claim.ts';
import { stageProgress } from '../../components/stage-progress.ts';
import { errorText } from '../../i18n/error-text.ts';
import { formatDescription } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';

const icons = { busy: IconLoader2, done: IconInbox, warn: IconPlayerPause, bad: IconAlertTriangle, still: IconPlayerPause, plain: IconCpu } as const;

function WhyNoSeries({ series }: Pick<ReadingDetail, 'series'>) {
  const { t } = useTranslation();
  return (
    <ul className="stage-series">
      {series.map((one, index) => (
        <li key={index}>
          <span>{one.seriesNumber !== null && `${one.seriesNumber} · `}{one.seriesDescription === null ? t('exam.noDescription') : formatDescription(one.seriesDescription)}</span>
          <span className="dimmed">{one.rejectionText}</span>
        </li>
      ))}
    </ul>
  );
}

/** Stands in place of the pictures until the first slice is ready: what is going on, or what went wrong and what to do. */
export function StagePanel({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { row } = detail;
  const stage = stageProgress(row);
  const Icon = row.state === 'arriving' ? IconInbox : icons[stage.tone];
  const listsSeries = row.reason === 'no-series-fit' && detail.series.length > 0;
  const problem = row.reason === null || hasLateSlices(row) || isSameExam(row) ? null : errorText(t, { code: row.reason, message: row.reason });
  return (
    <section className="stage-panel" aria-live="polite">
      <Icon size={46} stroke={1.1} aria-hidden className={`stage-icon stage-icon-${stage.tone}`} />
      <h2>{t(`stagePanel.${stage.word}.title`, { count: row.sliceCount, done: row.stageDone, total: row.stageTotal })}</h2>
      <p>
        {problem?.what ?? t(`stagePanel.${stage.word}.text`, {
          count: row.sliceCount, time: stage.quietLeftMs === null ? '' : format.seconds(stage.quietLeftMs),
        })}
      </p>
      {listsSeries ? <WhyNoSeries series={detail.series} /> : problem !== null && problem.advice !== null && <p className="stage-advice">{problem.advice}</p>}
      {stage.fraction !== null && <Progress className="stage-panel-bar" value={stage.fraction * 100} size="sm" aria-label={t(`stage.${stage.word}`, { count: row.sliceCount, done: row.stageDone, total: row.stageTotal, time: '' })} />}
    </section>
  );
}
