import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../../src-shared/domain/views.ts';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useCancelDiagnosis, useDiagnoseRelay, useDiagnoses, useDiagnosisOffer, useDiagnosisStep } from '../../../relay-queries.ts';
import { ModelSelect } from '../models/model-select.tsx';
import { DiagnosisResult } from './diagnosis-result.tsx';

interface DiagnosisPanelProps {
  readonly relayId: string;
  readonly view: SettingsView;
  readonly onClose: () => void;
}

/** What the diagnosis costs at most, or why it cannot be made now. */
function Offer({ relayId, model }: { readonly relayId: string; readonly model: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const offer = useDiagnosisOffer(relayId, model);
  if (offer.isError) return <span className="field-fault">{errorText(t, problemIn(offer.error)).what}</span>;
  if (offer.data === undefined) return null;
  const { requests, costMicroUsd } = offer.data.forecast;
  return <span className="dimmed">{costMicroUsd === null ? t('settings.diagnosis.offerUnpriced', { count: requests }) : t('settings.diagnosis.offer', { count: requests, cost: format.money(costMicroUsd.high) })}</span>;
}

/** Proves what a relay's model can do with a drawn picture, at a price that is named before. */
export function DiagnosisPanel({ relayId, view, onClose }: DiagnosisPanelProps) {
  const { t } = useTranslation();
  const [model, setModel] = useState(view.standardModel);
  const [run, cancel, step] = [useDiagnoseRelay(), useCancelDiagnosis(), useDiagnosisStep(relayId)];
  const stored = useDiagnoses().data?.find((one) => one.relayId === relayId && one.model === model);
  const fresh = run.data?.model === model ? run.data : undefined;
  const failed = run.isError ? errorText(t, problemIn(run.error)) : null;
  const diagnosis = fresh ?? stored;
  return (
    <div className="diagnosis">
      <p className="diagnosis-lead">{t('settings.diagnosis.lead')}</p>
      <div className="diagnosis-line">
        <ModelSelect className="grow" label={t('settings.diagnosis.model')} view={view} relayId={relayId} value={model} includesUnproven onChoose={(wanted) => { setModel(wanted); run.reset(); }} />
        {run.isPending
          ? <Button variant="default" onClick={() => { cancel.mutate(); }}>{t('settings.cancel')}</Button>
          : <Button onClick={() => { run.mutate({ relayId, model }); }}>{t(diagnosis === undefined ? 'settings.diagnosis.start' : 'settings.diagnosis.again')}</Button>}
        <Button variant="subtle" color="gray" onClick={onClose}>{t('common.close')}</Button>
      </div>
      <p className="diagnosis-offer" aria-live="polite">
        {run.isPending ? <><Loader size={13} aria-hidden /> {t(`settings.diagnosis.steps.${step ?? 'drawing'}`)}</> : <Offer relayId={relayId} model={model} />}
      </p>
      {failed !== null && <p className="field-fault" role="alert">{failed.what} {failed.advice}</p>}
      {diagnosis !== undefined && !run.isPending && <DiagnosisResult diagnosis={diagnosis} />}
    </div>
  );
}
