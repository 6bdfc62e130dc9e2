import { IconArrowsDiff, IconEqual, IconGavel } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CandidateAgreement } from '../../../../src-shared/domain/agreement.ts';

const icons = { stable: IconEqual, unstable: IconArrowsDiff, settled: IconGavel } as const;

/** Whether two readers said the same of a candidate; that tells how steady an answer is, not whether it is right. */
export function AgreementBadge({ agreement: { state, third } }: { readonly agreement: Pick<CandidateAgreement, 'state' | 'third'> }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  const words = state === 'settled' ? t(third === true ? 'agreement.settled.marked' : 'agreement.settled.empty') : t(`agreement.${state}`);
  return <span className={`agreement agreement-${state}`} title={t('agreement.meaning')}><Icon size={12} aria-hidden />{words}</span>;
}
