import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { CandidatePath } from '../../../src-shared/domain/candidate.ts';
import { glassHu } from './find-places.ts';
import type { BlobPlace } from './find-places.ts';
import type { FoundBlob } from './found-blob.ts';
import type { LungField } from './lung-field.ts';
import { rayShape } from './ray-shape.ts';
import type { RayShape } from './ray-shape.ts';
import { scoreTermsOf, uncountedSizePoints } from './score-terms.ts';
import { cellToPatient } from './search-grid.ts';

/** Above this diameter a blob is a mass, mm (Fleischner Society glossary). */
const massMm = 30;
/** Smaller than this (radius) something thin may be a small solid nodule that blur makes thin, mm. */
const leastGlassMm = 3.5;
/** From this share of its surface on a blob lies on the wall. */
const leastWall = 0.12;
/** From this share of long rays on it lies on a vessel. */
const leastVessel = 0.02;

/**
 * Weighs a place: how far it looks like a nodule.
 *
 * @param volume - The series.
 * @param field - The lung.
 * @param place - In it.
 */
export function scoreBlob(volume: CtVolume, field: LungField, place: BlobPlace): FoundBlob {
  const shape = rayShape(field, place.cell, place.radiusMm);
  const terms = scoreTermsOf(place, shape);
  const score = terms.reduce((sum, { points }) => sum + points, 0);
  const blobMm = 2 * Math.min(Math.max(shape.radiusMm, 0.5 * place.radiusMm), 1.5 * place.radiusMm);
  return {
    centreMm: cellToPatient(volume, field.grid, place.cell),
    blobMm,
    path: pathOf(place, shape, blobMm),
    attachment: shape.wallShare >= leastWall ? 'juxtapleural' : shape.longShare >= leastVessel ? 'juxtavascular' : 'isolated',
    score,
    fit: score + uncountedSizePoints(shape),
    terms,
  };
}

function pathOf({ radiusMm }: BlobPlace, { coreHu, wallShare }: RayShape, blobMm: number): CandidatePath {
  if (blobMm > massMm) return 'mass';
  if (coreHu <= glassHu && radiusMm >= leastGlassMm) return 'ground-glass';
  return wallShare >= leastWall ? 'juxtapleural' : 'nodule';
}
