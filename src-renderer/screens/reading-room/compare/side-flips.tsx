import { IconArrowsLeftRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SideFlip } from '../../../../src-shared/domain/agreement.ts';

interface SideFlipsProps {
  readonly flips: readonly SideFlip[];
  /** False while not both readers have answered. */
  readonly isKnown: boolean;
  readonly onSlice: (sliceIndex: number) => void;
}

/** Where one reader marked one lung and the other reader the other one. */
export function SideFlips({ flips, isKnown, onSlice }: SideFlipsProps) {
  const { t } = useTranslation();
  if (!isKnown) return <p className="dimmed compare-flips">{t('compare.waiting')}</p>;
  if (flips.length === 0) return <p className="dimmed compare-flips">{t('compare.noFlips')}</p>;
  return (
    <div className="compare-flips has-flips">
      <p><IconArrowsLeftRight size={14} aria-hidden />{t('compare.flips', { count: flips.length })}</p>
      <ul>
        {flips.map(({ firstSide, fromIndex, toIndex }) => (
          <li key={`${firstSide}-${fromIndex}`}><button type="button" className="link" onClick={() => { onSlice(Math.floor((fromIndex + toIndex) / 2)); }}>{t(`compare.flip.${firstSide}`, { from: fromIndex + 1, to: toIndex + 1 })}</button></li>
        ))}
      </ul>
    </div>
  );
}
