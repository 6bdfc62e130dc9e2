import { patientToPixel } from '../../../src-shared/domain/image-affine.ts';
import type { SeededGenerator } from '../../finder/seeded-generator.ts';
import type { ControlContent } from '../../imaging/pictures/panel-content.ts';
import type { DraftTile } from './draft-tile.ts';
import type { CandidateToVerify } from './plan-input.ts';

/** Controls in every request: a blank one and one with a nodule. */
export const controlsPerRequest = 2;
/** Diameters of drawn nodules, mm: what every reader sees. */
const diametersMm = [8, 12] as const;
/** Slabs at the ends of the lungs show too little of them to hide a control in, as a share of the tiles. */
const endShare = 0.15;

/**
 * Hides a blank tile and one with a drawn nodule among a request's tiles, anywhere in their order.
 *
 * A control is drawn like one of the tiles, in the middle of the lungs and where the device found nothing, or only what ranks low.
 *
 * @param tiles - Of the request; at least one.
 * @param candidates - Of the exam.
 * @param random - Decides what the controls are like, where they stand and how they are drawn.
 */
export function hideControls(tiles: readonly DraftTile[], candidates: readonly CandidateToVerify[], random: SeededGenerator): readonly DraftTile[] {
  const quiet = quietTiles(tiles, candidates);
  const hidden = [...tiles];
  for (const role of ['blank-control', 'nodule-control'] as const) {
    const like = quiet[Math.floor(random() * quiet.length)];
    if (like === undefined) throw new RangeError('controls hide among tiles');
    const control = controlLike(like, role, random);
    hidden.splice(Math.floor(random() * (hidden.length + 1)), 0, control);
  }
  return hidden;
}

function controlLike(like: DraftTile, role: ControlContent['role'], random: SeededGenerator): DraftTile {
  const seed = Math.floor(random() * 2 ** 32);
  const diameterMm = Math.round(10 * (diametersMm[0] + random() * (diametersMm[1] - diametersMm[0]))) / 10;
  const panels = like.panels.map((panel) => {
    if (panel.content.kind === 'control') throw new RangeError('a control is not like a control');
    return { ...panel, content: { kind: 'control', role, like: panel.content, seed, diameterMm } as const };
  });
  return { ...like, role, sliceIndices: [], candidateRank: null, panels };
}

/** Tiles on which the device found nothing; where there are none, those whose best candidate ranks lowest. */
function quietTiles(tiles: readonly DraftTile[], candidates: readonly CandidateToVerify[]): readonly DraftTile[] {
  if (tiles.some(({ role }) => role === 'candidate')) return tiles;
  const margin = Math.floor(tiles.length * endShare);
  const inner = tiles.slice(margin, tiles.length - margin);
  const bestRanks = inner.map((tile) => Math.min(...candidates.filter((candidate) => shows(tile, candidate)).map(({ rank }) => rank)));
  const quietest = Math.max(...bestRanks);
  return inner.filter((_, index) => bestRanks[index] === quietest);
}

function shows({ panels: [panel] }: DraftTile, { centreMm, diameterMm }: CandidateToVerify): boolean {
  if (panel === undefined) return false;
  const { affine, columns, rows, thicknessMm } = panel;
  const [column, row] = patientToPixel(affine, centreMm);
  const { columnStep: a, rowStep: b, origin } = affine;
  const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const height = [0, 1, 2].reduce((sum, axis) => sum + (normal[axis] ?? 0) * ((centreMm[axis] ?? 0) - (origin[axis] ?? 0)), 0) / Math.hypot(...normal);
  const isInside = column > -1 && row > -1 && column < columns && row < rows;
  return isInside && Math.abs(height) <= (thicknessMm + diameterMm) / 2;
}
