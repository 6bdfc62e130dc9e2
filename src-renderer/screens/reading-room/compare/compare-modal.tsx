import './compare.css';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import type { RoomAction } from '../reading-room-state.ts';
import { comparedCandidates, comparedReaders, countAgreements } from './compare-rows.ts';
import { CompareTable } from './compare-table.tsx';
import { SideFlips } from './side-flips.tsx';

interface CompareProps {
  readonly detail: ReadingDetail;
  readonly act: (action: RoomAction) => void;
  readonly onClose: () => void;
}

function Compared({ detail, act, onClose }: CompareProps) {
  const { t } = useTranslation();
  const [differingOnly, setDifferingOnly] = useState(false);
  const readers = comparedReaders(detail);
  const rows = comparedCandidates(detail, readers);
  const counts = countAgreements(rows);
  const differing = rows.filter(({ agreement }) => agreement !== null && agreement.state !== 'stable');
  const letters = readers.map(({ reader, models, mirrored }) => ({ reader, words: [...models.map(plainText), ...(mirrored ? [t('request.mirrored')] : [])].join(t('said.and')) }));
  return (
    <>
      <ul className="compare-readers">
        {letters.map(({ reader, words }) => <li key={reader}><span className="compare-letter">{t(`compare.letter.${reader}`)}</span><bdi>{words}</bdi><span className="dimmed">{t(`request.reader.${reader}`)}</span></li>)}
      </ul>
      <p className="compare-lead">{t('compare.counts', counts)} <span className="dimmed">{t('agreement.meaning')}</span></p>
      <SideFlips flips={detail.agreement?.sideFlips ?? []} isKnown={detail.agreement !== null} onSlice={(sliceIndex) => { act({ kind: 'slice', sliceIndex, sliceCount: detail.slices.length }); onClose(); }} />
      {rows.length > 0 && (
        <>
          <div className="chips compare-chips" role="group" aria-label={t('compare.filter')}>
            <button type="button" className="chip" aria-pressed={!differingOnly} onClick={() => { setDifferingOnly(false); }}>{t('compare.all')} <span className="chip-count">{rows.length}</span></button>
            <button type="button" className="chip" aria-pressed={differingOnly} onClick={() => { setDifferingOnly(true); }}>{t('compare.differing')} <span className="chip-count">{differing.length}</span></button>
          </div>
          <CompareTable readers={readers} rows={differingOnly ? differing : rows} onCandidate={(candidate) => { act({ kind: 'candidate', candidate }); onClose(); }} />
        </>
      )}
    </>
  );
}

/** What each reader said of every candidate, side by side, and where they differ; a row leads to its candidate. */
export function CompareModal({ open, ...props }: CompareProps & { readonly open: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal opened={open} onClose={props.onClose} title={t('compare.title')} size={980} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Compared {...props} />
    </Modal>
  );
}
