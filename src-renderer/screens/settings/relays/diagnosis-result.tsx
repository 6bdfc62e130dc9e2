import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { diagnosisCodes } from '../../../../src-shared/domain/diagnosis.ts';
import type { DiagnosisCheck, DiagnosisCode, RelayDiagnosisView } from '../../../../src-shared/domain/diagnosis.ts';
import type { ErrorCode } from '../../../../src-shared/domain/errors.ts';
import { CostAmount } from '../../../components/cost.tsx';
import { plainText } from '../../../components/plain-text.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';

const icons = { passed: IconCircleCheck, doubt: IconAlertTriangle, failed: IconCircleX, 'not-checked': IconCircleDashed } as const;

/** Codes of a diagnosis have words of their own; others are error codes. */
function isOwnCode(code: DiagnosisCode | ErrorCode): code is DiagnosisCode {
  return (diagnosisCodes as readonly string[]).includes(code);
}

function CheckLine({ check }: { readonly check: DiagnosisCheck }) {
  const { t } = useTranslation();
  const Icon = icons[check.state];
  const words = isOwnCode(check.code) ? t(`settings.diagnosis.codes.${check.code}`) : errorText(t, { code: check.code, message: check.code }).what;
  const compared = [
    check.expected === null ? null : t('settings.diagnosis.expected', { value: plainText(check.expected) }),
    check.found === null ? null : t('settings.diagnosis.found', { value: plainText(check.found) }),
  ].filter((part) => part !== null);
  return (
    <li className={`check check-${check.state}`}>
      <Icon size={15} aria-label={t(`settings.diagnosis.states.${check.state}`)} />
      <span className="check-name">{t(`settings.diagnosis.checks.${check.name}`)}</span>
      <span className="check-words">{words}{compared.length > 0 && <span className="dimmed"> {compared.join(' · ')}</span>}</span>
    </li>
  );
}

/** What a diagnosis proved, line by line, and whether the model may be trusted for pictures. */
export function DiagnosisResult({ diagnosis }: { readonly diagnosis: RelayDiagnosisView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const served = diagnosis.modelServed === null || diagnosis.modelServed === diagnosis.model ? null : t('settings.diagnosis.served', { model: plainText(diagnosis.modelServed) });
  return (
    <div className="diagnosis-result">
      <p className={`diagnosis-verdict verdict-${diagnosis.state}`}>{t(`settings.diagnosis.verdicts.${diagnosis.state}`)}</p>
      <p className="diagnosis-facts dimmed">
        {[format.moment(diagnosis.at), t('settings.diagnosis.requests', { count: diagnosis.requests }), served].filter((part) => part !== null).join(' · ')} · <CostAmount cost={diagnosis.cost} />
        {diagnosis.unpricedAttempts > 0 && <> · {t('settings.diagnosis.unpriced', { count: diagnosis.unpricedAttempts })}</>}
      </p>
      {diagnosis.outOfDate && <p className="diagnosis-old">{t('settings.diagnosis.outOfDate')}</p>}
      <ul className="checks">{diagnosis.checks.map((check) => <CheckLine key={check.name} check={check} />)}</ul>
    </div>
  );
}
