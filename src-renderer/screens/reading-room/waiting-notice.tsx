import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { NoticeBox } from '../../components/notice-box.tsx';
import { hasLateSlices, readingActions } from '../../components/reading-claim.ts';
import { useReadingCommands } from '../../components/reading-commands.tsx';
import { errorText } from '../../i18n/error-text.ts';

/** Why the reading does not go on, and that the device can finish it; with pictures on screen the reason has no other place, without it stands in the middle of the window. */
export function WaitingNotice({ detail: { row, slices } }: { readonly detail: Pick<ReadingDetail, 'row' | 'slices'> }) {
  const { t } = useTranslation();
  const commands = useReadingCommands();
  if (slices.length === 0 || !['held', 'failed', 'needs-attention'].includes(row.state) || hasLateSlices(row)) return null;
  const { what, advice } = row.reason === null
    ? { what: row.heldFor === null ? t(`state.${row.state}`) : t(`hold.${row.heldFor}`), advice: null }
    : errorText(t, { code: row.reason, message: row.reason });
  return (
    <div className="waiting">
      <NoticeBox kind="warn" title={what}>
        {advice} {readingActions(row).finishOnDevice && <button type="button" className="link" onClick={() => { commands.finishOnDevice(row); }}>{t('actions.finishOnDevice')}</button>}
      </NoticeBox>
    </div>
  );
}
