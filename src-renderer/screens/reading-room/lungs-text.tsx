import { useTranslation } from 'react-i18next';
import type { LungOutline } from '../../../src-shared/domain/lungs.ts';
import { useFormat } from '../../i18n/use-format.ts';

interface LungsTextProps {
  readonly lungs: LungOutline;
  /** Slices that are not sent because they lie outside of the lungs. */
  readonly outsideCount: number;
}

/** What the device made out of the lungs, in words: how large, on which slices, what is left out; or why it could not. */
export function LungsText({ lungs, outsideCount }: LungsTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { extent, kind, reason, notes, rightMl, leftMl, sliceCount } = lungs;
  const [from, to] = [(extent?.fromIndex ?? 0) + 1, (extent?.toIndex ?? sliceCount - 1) + 1];
  return (
    <section>
      <h2>{t('lungs.title')}</h2>
      {kind === 'lungs'
        ? <p>{t('lungs.outlined', { volume: format.litres(rightMl + leftMl), right: format.litres(rightMl), left: format.litres(leftMl), from, to, count: sliceCount })}</p>
        : <p>{t('lungs.body', { reason: t(`lungs.reason.${reason ?? 'outlining-failed'}`) })}</p>}
      {notes.map((note) => <p key={note} className="dimmed">{t(`lungs.note.${note}`)}</p>)}
      {outsideCount > 0 && <p>{t(kind === 'lungs' ? 'lungs.outside' : 'lungs.outsideBody', { count: outsideCount })}</p>}
    </section>
  );
}
