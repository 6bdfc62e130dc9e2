import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';

/** Exactly what goes to the relay for the slice in view: the picture and the words, and nothing else. */
export function SentTab({ detail, sliceIndex }: { readonly detail: ReadingDetail; readonly sliceIndex: number }) {
  const { t } = useTranslation();
  const slice = detail.slices[sliceIndex];
  if (detail.plan === 'device-only' && detail.requests.length === 0) return <div className="sent"><div className="sent-none">{t('sent.deviceOnly')}</div></div>;
  const isOutside = slice?.tileState === 'outside-lungs';
  const isSearched = slice?.tileState === 'searched';
  const left = slice !== undefined && slice.tileState !== 'planned' && !isOutside && !isSearched;
  return (
    <div className="sent">
      <p className="tab-lead">{t(left ? 'sent.lead' : 'sent.leadPlanned')}</p>
      {slice === undefined || slice.tilePath === null || isOutside || isSearched
        ? <div className="sent-none">{t(isOutside ? 'sent.outside' : isSearched ? 'sent.searched' : 'sent.noPicture')}</div>
        : <img className="sent-picture" src={slice.tilePath} alt={t('sent.pictureOf', { number: sliceIndex + 1 })} />}
      <h2>{t('sent.words')}</h2>
      {detail.promptText === null ? <p className="dimmed">{t('sent.noWords')}</p> : <pre className="sent-words" tabIndex={0}>{detail.promptText}</pre>}
      <p className="dimmed sent-rest">{t('sent.nothingElse')}</p>
    </div>
  );
}
