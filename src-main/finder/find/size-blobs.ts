import type { LungPlace, NoduleSizing } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { locateInLungs } from '../../imaging/lungs/locate-in-lungs.ts';
import type { LobeModels } from '../../imaging/lungs/locate-in-lungs.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import { patientToVoxel } from '../../imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import { examBlur } from '../exam-blur.ts';
import type { ExamBlur } from '../exam-blur.ts';
import { measureNodule } from '../measure/measure-nodule.ts';
import type { MeasuredNodule } from '../measure/nodule-measurement.ts';
import type { FoundBlob } from './found-blob.ts';

/** What was measured at a place, and where it lies. */
export interface SizedPlace {
  /** Middle of the nodule's mass where it was measured, else the place that was asked for, mm, LPS. */
  readonly centreMm: PatientPoint;
  readonly sizing: NoduleSizing;
  readonly place: LungPlace;
  /** Slices of the volume that it touches, both inclusive. */
  readonly sliceRange: readonly [first: number, last: number];
}

/** Places of one exam to measure. */
export interface BlobsToSize {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  readonly blur: ExamBlur;
  /** Of the mask's lungs. */
  readonly lobes: LobeModels;
  readonly blobs: readonly Pick<FoundBlob, 'centreMm' | 'blobMm'>[];
}

/** A point of an exam to measure. */
export interface PointToSize {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  /** mm, LPS. */
  readonly pointMm: PatientPoint;
}

/**
 * Measures and locates places.
 *
 * @param input - Of one exam.
 * @returns One for each, in their order.
 */
export function sizeBlobs({ volume, mask, blur, lobes, blobs }: BlobsToSize): readonly SizedPlace[] {
  return blobs.map(({ centreMm, blobMm }) => {
    const measured = measureNodule(volume, centreMm, { blur, mask });
    const isOther = measured.kind === 'nodule' && distance(measured.centreMm, centreMm) > Math.max(0.5 * blobMm, 0.5 * measured.ballDiameterMm, 4);
    return placed({ volume, mask, lobes }, centreMm, blobMm, isOther ? { kind: 'no-region', reason: 'no-boundary-found' } : measured);
  });
}

/**
 * Measures and locates the nodule at a point.
 *
 * @param input - The point and its exam.
 */
export function sizePoint({ volume, mask, pointMm }: PointToSize): SizedPlace {
  return placed({ volume, mask }, pointMm, 0, measureNodule(volume, pointMm, { mask, blur: examBlur(volume) }));
}

function placed({ volume, mask, lobes }: Pick<BlobsToSize, 'volume' | 'mask'> & { readonly lobes?: LobeModels }, pointMm: PatientPoint, blobMm: number, measured: ReturnType<typeof measureNodule>): SizedPlace {
  const centreMm = measured.kind === 'nodule' ? measured.centreMm : pointMm;
  const { side, lobe, distanceToPleuraMm, distanceToFissureMm } = locateInLungs(mask, volume, centreMm, lobes);
  return {
    centreMm,
    sizing: measured.kind === 'nodule' ? sizeOf(measured) : measured,
    place: { side, lobe, distanceToPleuraMm, distanceToFissureMm },
    sliceRange: measured.kind === 'nodule' ? [measured.box.firstSlice, measured.box.lastSlice] : slicesAround(volume, centreMm, blobMm / 2),
  };
}

/** What of a measurement goes to screens and documents. */
function sizeOf({ profile, slice, axes, volumeMm3, solid, meanHu, hints, confidence, outlines }: MeasuredNodule): NoduleSizing {
  return {
    kind: 'nodule', profile, sliceIndex: slice, axes, volumeMm3, solid, meanHu, hints, confidence,
    outlines: outlines.map((outline) => ({ sliceIndex: outline.slice, points: Array.from(outline.points) })),
  };
}

/** Slices within a ball; at least the one nearest to its middle. */
function slicesAround(volume: CtVolume, centreMm: PatientPoint, radiusMm: number): readonly [number, number] {
  const last = volume.slices.length - 1;
  const middle = Math.min(Math.max(Math.round(patientToVoxel(volume, centreMm)[2]), 0), last);
  const positionMm = volume.slices[middle]?.positionMm ?? 0;
  let [from, to] = [middle, middle];
  while (from > 0 && positionMm - (volume.slices[from - 1]?.positionMm ?? -Infinity) <= radiusMm) from -= 1;
  while (to < last && (volume.slices[to + 1]?.positionMm ?? Infinity) - positionMm <= radiusMm) to += 1;
  return [from, to];
}

function distance(a: PatientPoint, b: PatientPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
