import { useTranslation } from 'react-i18next';
import type { CandidateView } from '../../../../src-shared/domain/views.ts';
import { useFormat } from '../../../i18n/use-format.ts';

const planes = [['axial', 'axialPath'], ['coronal', 'coronalPath'], ['sagittal', 'sagittalPath']] as const;

/** The candidate in three planes, with what the pictures show of the patient. */
export function CandidatePlanes({ candidate: { rank, pictures, pictureFieldMm } }: { readonly candidate: CandidateView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (pictures === null) return <p className="candidate-note">{t('candidates.noPictures')}</p>;
  return (
    <>
      <div className="candidate-planes">
        {planes.map(([plane, path]) => (
          <figure key={plane}>
            <img src={pictures[path]} alt={t('candidates.pictureOf', { rank, plane: t(`candidates.plane.${plane}`) })} />
            <figcaption>{t(`candidates.plane.${plane}`)}</figcaption>
          </figure>
        ))}
      </div>
      <p className="candidate-note">{t('candidates.field', { mm: format.count(pictureFieldMm) })}</p>
    </>
  );
}
