import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { isOnItsWay } from '../../../components/reading-claim.ts';
import { useForecastWords } from '../plan/use-forecast-words.ts';

function reasonOf({ row, plan, requests }: Pick<ReadingDetail, 'row' | 'plan' | 'requests'>): 'deviceOnly' | 'earlier' | 'notPlanned' | 'neverPlanned' {
  if (plan === 'device-only' && requests.length === 0) return 'deviceOnly';
  if (requests.length > 0) return 'earlier';
  return isOnItsWay(row) || row.state === 'held' ? 'notPlanned' : 'neverPlanned';
}

/** Stands in place of the pictures where there are none: nothing was planned yet, or an earlier version sent it, or nothing ever leaves the machine. */
export function NothingToShow({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const words = useForecastWords();
  const reason = reasonOf(detail);
  const { forecast } = detail;
  const price = forecast === null ? null : [words.expected(forecast), words.atMost(forecast)].filter((part) => part !== null).join(t('said.and'));
  return (
    <div className="nothing">
      <IconPhotoOff size={34} stroke={1.2} aria-hidden />
      <h2>{t(`sent.${reason}.title`)}</h2>
      <p>{t(`sent.${reason}.text`)}</p>
      {price !== null && reason === 'notPlanned' && <p className="sent-price">{price}</p>}
    </div>
  );
}
