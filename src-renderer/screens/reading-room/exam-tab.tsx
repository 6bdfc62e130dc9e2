import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail, TransitionView } from '../../../src-shared/domain/views.ts';
import { errorText } from '../../i18n/error-text.ts';
import { formatDescription } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LungsText } from './lungs-text.tsx';

function SeriesList({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('examTab.series')}</h2>
      <ul className="series">
        {detail.series.map((series, index) => (
          <li key={index} className={series.chosen ? 'is-chosen' : ''}>
            <span className="series-title">{series.chosen && <IconCheck size={14} aria-hidden />}{series.seriesNumber !== null && `${series.seriesNumber} · `}{series.seriesDescription === null ? t('exam.noDescription') : formatDescription(series.seriesDescription)}</span>
            <span className="dimmed">{t('examTab.seriesFacts', { modality: series.modality, count: series.instanceCount })}</span>
            <span className={series.chosen ? 'series-chosen' : 'dimmed'}>{series.chosen ? t('examTab.chosen') : series.rejectionText}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Problems({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  if (detail.problems.length === 0) return null;
  return (
    <section>
      <h2>{t('examTab.problems')}</h2>
      <ul className="problems">
        {detail.problems.map((problem, index) => {
          const { what, advice } = errorText(t, problem);
          const slice = detail.slices.find(({ sopInstanceUid }) => sopInstanceUid === problem.sopInstanceUid);
          return (
            <li key={index}>
              <span>{slice !== undefined && `${t('viewer.slice', { number: slice.index + 1, count: detail.slices.length })}: `}{what}</span>
              {advice !== null && <span className="dimmed">{advice}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Step({ step }: { readonly step: TransitionView }) {
  const { t } = useTranslation();
  // Nobody cancelled anything: the copy is only told apart.
  if (step.reason === 'already-read') return <span>{t('stage.same')}</span>;
  return <span>{t(`state.${step.to}`)}{step.reason !== null && <span className="dimmed"> · {errorText(t, { code: step.reason as 'unexpected', message: step.reason }).what}</span>}</span>;
}

/** Where the exam comes from: its series and why they are read or not, what went wrong, and every step so far. */
export function ExamTab({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="exam-tab">
      <SeriesList detail={detail} />
      {detail.spacingBetweenSlicesMm !== null && (
        <p className="dimmed">{t('examTab.geometry', { columns: detail.columns, rows: detail.rows, spacing: format.mm(detail.spacingBetweenSlicesMm) })}</p>
      )}
      {detail.lungs !== null && <LungsText lungs={detail.lungs} outsideCount={detail.row.coverage.outsideLungs} />}
      <Problems detail={detail} />
      <section>
        <h2>{t('examTab.steps')}</h2>
        <ol className="timeline">
          {detail.transitions.map((step, index) => (
            <li key={index}><time>{format.time(step.at)}</time><Step step={step} /></li>
          ))}
        </ol>
      </section>
      <p className="attribution">{detail.attribution}</p>
    </div>
  );
}
