import { useTranslation } from 'react-i18next';
import type { Cost } from '../../src-shared/domain/attempt.ts';
import { useFormat } from '../i18n/use-format.ts';

/** A confirmed cost; what may be owed on top of it stands beside it. */
export function CostAmount({ cost }: { readonly cost: Cost }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="cost">
      {format.money(cost.knownMicroUsd)}
      {cost.possibleMicroUsd > 0 && (
        <span className="cost-possible" title={t('cost.possibleExplained')}> +{format.money(cost.possibleMicroUsd)}?</span>
      )}
    </span>
  );
}
