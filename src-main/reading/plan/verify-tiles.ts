import { planeAffine } from '../../imaging/pictures/plane.ts';
import type { CropContent } from '../../imaging/pictures/panel-content.ts';
import type { DraftPanel, DraftTile, PixelSize } from './draft-tile.ts';
import type { CandidateToVerify } from './plan-input.ts';
import type { SizedTiles } from './sweep-tiles.ts';

/** Sides of a panel, pixels: below, small nodules are lost; above, nothing is won (facts/relay.md 6.2). */
const panelSides = [192, 336] as const;
/** Sides that are tried, pixels apart. */
const sideStep = 4;
/** Between the panels of a tile, pixels. */
const panelGap = 4;
/** Fields, mm: of small places, of larger ones, and how much more than itself a mass shows. */
const fieldsMm = { small: 50, large: 64, largeFromMm: 15, massShare: 1.6 } as const;
/** A little more than a thin slice, against its noise; nodules of 4 mm and more are not blurred by it. */
const panelThicknessMm = 2;

/** Panels side by side, or two above two. */
const layouts = [{ across: 4, down: 1 }, { across: 2, down: 2 }] as const;

const panelViews = [
  { plane: 'axial', marked: true }, { plane: 'axial', marked: false }, { plane: 'coronal', marked: false }, { plane: 'sagittal', marked: false },
] as const satisfies readonly Pick<CropContent, 'plane' | 'marked'>[];

/**
 * Tiles of candidates: axial with ticks, axial without, coronal, sagittal; in one row or in two.
 *
 * @param candidates - In the order of their tiles.
 */
export function verifyTiles(candidates: readonly CandidateToVerify[]): SizedTiles {
  const [least, most] = panelSides;
  const options = Array.from({ length: (most - least) / sideStep + 1 }, (_, less) => most - less * sideStep).flatMap((side) => layouts.map((layout) => ({ side, ...layout })));
  return {
    sizes: options.map(tileSize),
    tiles: (size) => candidates.map((candidate) => tileOf(candidate, options[size] ?? { side: least, ...layouts[1] })),
  };
}

/**
 * Side of the square of the patient that a candidate's panels show.
 *
 * @param diameterMm - Of the candidate.
 * @returns mm, at least 50.
 */
export function fieldOf(diameterMm: number): number {
  return Math.max(diameterMm < fieldsMm.largeFromMm ? fieldsMm.small : fieldsMm.large, fieldsMm.massShare * diameterMm);
}

interface PanelLayout {
  readonly side: number;
  readonly across: number;
  readonly down: number;
}

function tileSize({ side, across, down }: PanelLayout): PixelSize {
  return { columns: across * (side + panelGap) - panelGap, rows: down * (side + panelGap) - panelGap };
}

function tileOf({ rank, centreMm, diameterMm }: CandidateToVerify, layout: PanelLayout): DraftTile {
  const { side: pixels, across } = layout;
  const panels = panelViews.map(({ plane, marked }, index): DraftPanel => {
    const content: CropContent = { kind: 'crop', centre: centreMm, plane, fieldMm: fieldOf(diameterMm), pixels, thicknessMm: panelThicknessMm, marked };
    return {
      left: (index % across) * (pixels + panelGap), top: Math.floor(index / across) * (pixels + panelGap), columns: pixels, rows: pixels, plane,
      thicknessMm: panelThicknessMm, affine: planeAffine(content), content,
    };
  });
  return { role: 'candidate', side: null, sliceIndices: [], candidateRank: rank, ...tileSize(layout), panels };
}
