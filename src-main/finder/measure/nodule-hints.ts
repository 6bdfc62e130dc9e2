import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { GrownRegion } from './grow-region.ts';
import type { LocalBox } from './local-box.ts';
import type { NoduleHints } from '../../../src-shared/domain/candidate.ts';
import type { NoduleSection } from './nodule-section.ts';

/** Denser than soft tissue can be without contrast medium, HU. */
const calciumHu = 200;
/** Fat, HU: Siegelman SS et al., Radiology 1986;160:313-317. */
const fatHu = [-120, -40] as const;
/** So deep no lung is blurred in, mm: half-fat, half-lung voxels of the rim are no fat. */
const innerMm = 1.8;
/** Strands are looked for in this shell around the nodule, mm. */
const shellMm = [0.5, 3.5] as const;
/** Shorter ones are the nodule's own unevenness, mm. */
const longMm = 2;
/** No strand is as thick, mm of radius. */
const thickestMm = 1.6;

/**
 * Mean density of a nodule, and what its voxels suggest.
 *
 * @param volume - Voxels in HU.
 * @param box - The nodule was grown in it.
 * @param region - The nodule.
 * @param sections - Its sections, slice by slice.
 */
export function noduleHints(volume: VoxelBlock, box: LocalBox, region: GrownRegion, sections: readonly NoduleSection[]): { readonly meanHu: number; readonly hints: NoduleHints } {
  let sum = 0;
  let count = 0;
  for (const { inside } of sections) {
    for (let at = 0; at < inside.length; at += 1) sum += volume.voxels[inside[at] ?? 0] ?? 0;
    count += inside.length;
  }
  let inner = 0;
  let calcified = 0;
  let fat = 0;
  for (let at = 0; at < region.cells.length; at += 1) {
    if (region.cells[at] !== 1 || (region.depthMm[at] ?? 0) < innerMm) continue;
    const value = box.values[at] ?? 0;
    inner += 1;
    if (value > calciumHu) calcified += 1;
    if (value >= fatHu[0] && value <= fatHu[1]) fat += 1;
  }
  return {
    meanHu: count === 0 ? 0 : sum / count,
    hints: { calcifiedShare: inner === 0 ? 0 : calcified / inner, fatShare: inner === 0 ? 0 : fat / inner, strandCount: countStrands(box, region) },
  };
}

/** Pieces of thin dense tissue that reach from the nodule's surface outwards. */
function countStrands({ columns, rows }: LocalBox, { others, depthMm, aroundMm, surfaceMm }: GrownRegion): number {
  const strands = new Uint8Array(others.length);
  for (let at = 0; at < others.length; at += 1) {
    if (others[at] !== 1) continue;
    const off = (aroundMm[at] ?? 0) - surfaceMm;
    const depth = depthMm[at] ?? 0;
    if (off > shellMm[0] && off < shellMm[1] && depth > 0 && depth < thickestMm) strands[at] = 1;
  }
  const steps = [-1, 1, -columns, columns, -columns * rows, columns * rows];
  let count = 0;
  for (let start = 0; start < strands.length; start += 1) {
    if (strands[start] !== 1) continue;
    const waiting = [start];
    strands[start] = 0;
    let farthest = 0;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      farthest = Math.max(farthest, (aroundMm[at] ?? 0) - surfaceMm);
      // The shell keeps away from the box's faces: no step leads over an edge.
      for (const step of steps) {
        if (strands[at + step] !== 1) continue;
        strands[at + step] = 0;
        waiting.push(at + step);
      }
    }
    if (farthest > longMm) count += 1;
  }
  return count;
}
