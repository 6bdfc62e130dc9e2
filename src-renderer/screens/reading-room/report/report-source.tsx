import { IconAlertTriangle, IconFileText, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReportMismatch, ReportResult } from '../../../../src-shared/domain/report-draft.ts';
import { plainText } from '../../../components/plain-text.ts';
import { errorText } from '../../../i18n/error-text.ts';

function Mismatch({ mismatch: { kind, part, ref, said } }: { readonly mismatch: ReportMismatch }) {
  const { t } = useTranslation();
  const place = part === 'impression' ? (ref === 0 ? t('report.inImpression') : t('report.inImpressionOf', { number: ref })) : t('report.inFinding', { number: ref });
  const quoted = plainText(said).trim();
  return <li>{place}: {t(`report.mismatch.${kind}`)}{quoted !== '' && <> – <q><bdi>{quoted}</bdi></q></>}</li>;
}

/** Who wrote the sentences of a draft, and why no model did where one was wanted. */
export function ReportSource({ result: { source, model, rejected, because } }: { readonly result: ReportResult }) {
  const { t } = useTranslation();
  const isWanted = because !== null && because.reason !== 'not-asked';
  const name = model === null ? '' : plainText(model);
  if (source === 'model') return <p className="report-source" role="status"><IconSparkles size={15} aria-hidden /><span>{t('report.byModel', { model: name })}</span></p>;
  if (!isWanted) return <p className="report-source" role="status"><IconFileText size={15} aria-hidden /><span>{t('report.byTemplate')}</span></p>;
  const code = because.code === null ? null : errorText(t, { code: because.code, message: because.code });
  return (
    <div className="report-source is-warn" role="status">
      <IconAlertTriangle size={15} aria-hidden />
      <div>
        <p>{t(`report.because.${because.reason}`, { model: name })}{code !== null && ` ${code.what}`}{code !== null && code.advice !== null && ` ${code.advice}`}</p>
        {rejected !== null && rejected.length > 0 && <ul>{rejected.map((mismatch, index) => <Mismatch key={index} mismatch={mismatch} />)}</ul>}
      </div>
    </div>
  );
}
