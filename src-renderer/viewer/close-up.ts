import type { PlanePoint } from './plane-transform.ts';

/** A place to be looked at from near. */
export interface CloseUp {
  /** Slice the place is on, which need not be in view yet. */
  readonly sliceIndex: number;
  /** Column and row of the slice, pixel centres at whole numbers; fractions allowed. */
  readonly point: PlanePoint;
  /** Longest extent of what lies there, mm. */
  readonly lengthMm: number;
}

/** What of a slice a viewport shows. */
export interface SliceField {
  /** In the middle of the viewport, pixels of the slice. */
  readonly middle: PlanePoint;
  /** From the upper edge of the viewport to the lower one. */
  readonly heightMm: number;
}

interface CloseUpRequest {
  readonly closeUp: Pick<CloseUp, 'point' | 'lengthMm'>;
  readonly image: { readonly rows: number; readonly columns: number; readonly pixelSpacing: readonly [row: number, column: number] };
  readonly viewport: { readonly width: number; readonly height: number };
  /** What the reader has chosen to see, mm from the upper edge to the lower one; null where the reader has chosen nothing. */
  readonly ownHeightMm: number | null;
}

/** A nodule and the vessels, fissures and wall around it, along the viewport's shorter edge. */
const fieldMm = 110;
/** Field around something large, in its own lengths. */
const fieldPerLength = 2.5;

/**
 * Decides what is shown of a slice so that a place can be judged: about 110 mm around it, more where it is larger.
 *
 * The place is in the middle unless the viewport would then show what lies beyond the picture; a picture that is smaller than the
 * viewport stands in its middle.
 *
 * @returns The reader's own field is kept where it is the smaller one.
 */
export function closeUpField({ closeUp: { point: [column, row], lengthMm }, image, viewport: { width, height }, ownHeightMm }: CloseUpRequest): SliceField {
  const wantedMm = (Math.max(fieldMm, fieldPerLength * lengthMm) * height) / Math.min(width, height);
  const heightMm = Math.min(wantedMm, ownHeightMm ?? Infinity);
  const [rowSpacing, columnSpacing] = image.pixelSpacing;
  return {
    middle: [withinImage(column, (heightMm * width) / height / columnSpacing, image.columns), withinImage(row, heightMm / rowSpacing, image.rows)],
    heightMm,
  };
}

/** The middle nearest to a place at which so many pixels lie within the image. @param shown - Pixels the viewport shows, of `count`. */
function withinImage(place: number, shown: number, count: number): number {
  // The outer edges of the first and last pixel are half a pixel out.
  if (shown >= count) return (count - 1) / 2;
  return Math.min(Math.max(place, shown / 2 - 0.5), count - shown / 2 - 0.5);
}
