import { useTranslation } from 'react-i18next';
import type { BoundaryConfidence } from '../../../../src-shared/domain/candidate.ts';

/** How sure the boundary is, with every doubt in words. */
export function BoundaryWords({ confidence: { level, doubts } }: { readonly confidence: BoundaryConfidence }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={level === 'low' ? 'boundary-low' : ''}>{t(`candidates.confidence.${level}`)}</span>
      {doubts.length > 0 && <ul className="doubts">{doubts.map((doubt) => <li key={doubt}>{t(`candidates.doubt.${doubt}`)}</li>)}</ul>}
    </>
  );
}
