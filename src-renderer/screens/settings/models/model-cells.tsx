import { useTranslation } from 'react-i18next';
import type { RelayDiagnosisView } from '../../../../src-shared/domain/diagnosis.ts';
import type { ControlRates, ModelView, OfferedModel } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** When a model ends, by the catalogue or by the relay's own list, whichever is sooner. */
export function EndCell({ model, offer }: { readonly model: ModelView; readonly offer: OfferedModel | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const day = [model.shutdownDate, offer?.shutdownDate ?? null].filter((date) => date !== null).sort()[0];
  if (day === undefined) return <span className="dimmed">–</span>;
  const written = format.date(day.replaceAll('-', ''));
  if (model.retired) return <span className="cell-warn">{written}<span className="cell-note">{t('settings.models.ended')}</span></span>;
  if (model.endsSoon === null) return <span>{written}</span>;
  return <span className="cell-warn">{written}<span className="cell-note">{t('settings.models.daysLeft', { count: model.endsSoon.daysLeft })}</span></span>;
}

/** Whether the relay has the model on its own list, and under which name. */
export function OfferedCell({ model, offered, offer }: { readonly model: ModelView; readonly offered: readonly OfferedModel[] | null; readonly offer: OfferedModel | null }) {
  const { t } = useTranslation();
  if (offered === null) return null;
  if (offer === null) return <span className="cell-line dimmed">{t('settings.models.notOffered')}</span>;
  return <span className="cell-line">{t('settings.models.offered')}{offer.id !== model.id && <code className="cell-note">{plainText(offer.id)}</code>}</span>;
}

/** What a diagnosis said of the model, and when. */
export function ProvenCell({ diagnosis }: { readonly diagnosis: RelayDiagnosisView | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (diagnosis === null) return <span className="cell-line dimmed">{t('settings.models.notProven')}</span>;
  const date = <span className="cell-date">{format.day(diagnosis.at)}</span>;
  if (diagnosis.state === 'failed') return <span className="cell-line cell-bad">{t('settings.models.diagnosisFailed')} {date}</span>;
  if (diagnosis.outOfDate) return <span className="cell-line cell-warn">{t('settings.models.diagnosisOld')} {date}</span>;
  return <span className="cell-line cell-good">{t(diagnosis.state === 'passed' ? 'settings.models.proven' : 'settings.models.provenDoubts')} {date}</span>;
}

/** Below this share of right answers the line is set off. */
const fewestRight = 0.9;

/** How the model fared with tiles whose true answer is known. */
export function ControlsCell({ rates }: { readonly rates: readonly ControlRates[] }) {
  const { t } = useTranslation();
  const sum = (part: (one: ControlRates) => number): number => rates.reduce((total, one) => total + part(one), 0);
  const [blanks, nodules] = [sum((one) => one.blanks), sum((one) => one.nodules)];
  if (blanks + nodules === 0) return <span className="dimmed">–</span>;
  const [passed, found] = [blanks - sum((one) => one.blanksCalledPositive), sum((one) => one.nodulesFound)];
  return (
    <>
      {blanks > 0 && <span className={passed < fewestRight * blanks ? 'cell-line cell-warn' : 'cell-line'}>{t('settings.models.blanks', { part: passed, whole: blanks })}</span>}
      {nodules > 0 && <span className={found < fewestRight * nodules ? 'cell-line cell-warn' : 'cell-line'}>{t('settings.models.nodules', { part: found, whole: nodules })}</span>}
    </>
  );
}
