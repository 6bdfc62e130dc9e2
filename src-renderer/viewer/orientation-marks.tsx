import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import { edgeLetters } from './orientation-letters.ts';

/** Letters of the patient's sides at the edges of the picture; none without geometry, rather than guessed ones. */
export function OrientationMarks({ affine }: { readonly affine: ImageAffine | null }) {
  if (affine === null) return null;
  const letters = edgeLetters(affine.columnStep, affine.rowStep);
  return (
    <div className="orientation" aria-hidden>
      <span className="orientation-top">{letters.top}</span>
      <span className="orientation-right">{letters.right}</span>
      <span className="orientation-bottom">{letters.bottom}</span>
      <span className="orientation-left">{letters.left}</span>
    </div>
  );
}
