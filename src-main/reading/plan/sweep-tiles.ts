import type { LungRegion } from '../../imaging/pictures/lung-regions.ts';
import type { PixelBox } from '../../imaging/pictures/picture.ts';
import { slabPlace } from '../../imaging/pictures/slab-place.ts';
import { planEachSlice, planSlabs } from '../../imaging/pictures/slab-plan.ts';
import type { PlannedSlab } from '../../imaging/pictures/slab-plan.ts';
import { scaledPlace } from '../../imaging/pictures/tile.ts';
import type { DraftTile, PixelSize } from './draft-tile.ts';
import type { ExamGeometry, PlanInput } from './plan-input.ts';

/** Best single slab for nodules, and half of it as the step (facts/relay.md 6.2). */
const slabMm = { thicknessMm: 10, stepMm: 5 } as const;
/** Pixels of a sweep are at most so large, mm. */
export const sweepPixelMm = 1;

/** What is to be covered. */
export type ExamPart = Pick<PlanInput, 'exam' | 'regions' | 'sliceIndices'>;

/** Tiles that can be drawn in several sizes. */
export interface SizedTiles {
  /** Finest first; the shape of the field stays. */
  readonly sizes: readonly PixelSize[];
  /** Tiles of the size with this index. */
  readonly tiles: (size: number) => readonly DraftTile[];
}

/**
 * Tiles of a sweep: maximum projections of 10 mm every 5 mm from feet to head, one lung a tile; all of the right lung, then the left.
 *
 * @param part - Exam, regions and slices that are to be read.
 * @param mostPixelMm - Largest pixel; never is one smaller than a voxel.
 */
export function sweepTiles({ exam, regions, sliceIndices }: ExamPart, mostPixelMm: number = sweepPixelMm): SizedTiles {
  const slabs = planSlabs(exam, { ...slabMm, extent: regions.extent }).filter(isWanted(sliceIndices));
  const lungs = equalBoxes(regions.lungs, exam);
  const parts = lungs.flatMap((lung) => slabs.map((slab) => ({ ...lung, slab })));
  return sizedTiles(exam, parts, 'slab', mostPixelMm);
}

/**
 * Tiles of all slices of the lungs, cropped to both of them, from feet to head.
 *
 * @param part - Exam, regions and slices that are to be read.
 * @param mostPixelMm - Largest pixel.
 */
export function sliceTiles({ exam, regions, sliceIndices }: ExamPart, mostPixelMm: number): SizedTiles {
  const parts = planEachSlice(exam, regions.extent).filter(isWanted(sliceIndices)).map((slab) => ({ side: null, crop: regions.crop, slab }));
  return sizedTiles(exam, parts, 'slice', mostPixelMm);
}

function isWanted(wanted: ReadonlySet<number> | undefined): (slab: PlannedSlab) => boolean {
  return ({ sliceIndices }) => wanted === undefined || sliceIndices.some((index) => wanted.has(index));
}

function sizedTiles(
  exam: ExamGeometry, parts: readonly (LungRegion & { readonly slab: PlannedSlab })[], role: 'slab' | 'slice', mostPixelMm: number,
): SizedTiles {
  const [first] = parts;
  const scales = first === undefined ? [] : scalesOf(exam, first.crop, mostPixelMm);
  const sizes = scales.map((scale) => ({ columns: Math.round((first?.crop.columns ?? 0) * scale), rows: Math.round((first?.crop.rows ?? 0) * scale) }));
  const tiles = (size: number): readonly DraftTile[] => parts.map(({ side, crop, slab }) => {
    const scale = scales[size] ?? 1;
    const { affine, thicknessMm } = slabPlace(exam, slab.sliceIndices, crop);
    const place = scaledPlace({ columns: crop.columns, rows: crop.rows, affine }, scale);
    return {
      role, side, sliceIndices: slab.sliceIndices, candidateRank: null, columns: place.columns, rows: place.rows,
      panels: [{
        ...place, left: 0, top: 0, plane: 'axial', thicknessMm,
        content: { kind: 'slab', slab, mode: role === 'slab' ? 'maximum' : 'mean', crop, scale },
      }],
    };
  });
  return { sizes, tiles };
}

/** From the voxels' own size to the largest pixel, a column less each time. */
function scalesOf({ spacingMm }: ExamGeometry, { columns }: PixelBox, mostPixelMm: number): readonly number[] {
  const least = Math.min(1, Math.max(spacingMm[0], spacingMm[1]) / mostPixelMm);
  const fewest = Math.ceil(columns * least - 1e-9);
  return Array.from({ length: columns - fewest + 1 }, (_, less) => (columns - less) / columns);
}

/** Boxes of one size, each still around its own lung and inside of the picture. */
function equalBoxes(lungs: readonly LungRegion[], exam: ExamGeometry): readonly LungRegion[] {
  const columns = Math.max(...lungs.map(({ crop }) => crop.columns));
  const rows = Math.max(...lungs.map(({ crop }) => crop.rows));
  const start = (from: number, size: number, wanted: number, most: number): number => Math.min(Math.max(from - Math.floor((wanted - size) / 2), 0), most - wanted);
  return lungs.map(({ side, crop }) => ({
    side,
    crop: { left: start(crop.left, crop.columns, columns, exam.columns), top: start(crop.top, crop.rows, rows, exam.rows), columns, rows },
  }));
}
