import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { explainBall } from './ball-model.ts';
import { distanceTo } from '../distance-transform.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { FoundRegion } from './find-region.ts';
import { growRegion } from './grow-region.ts';
import type { LocalBox } from './local-box.ts';
import { axesOf } from './measured-axes.ts';
import type { SolidComponent } from './nodule-measurement.ts';
import { noduleSection } from './nodule-section.ts';
import type { NoduleSection } from './nodule-section.ts';
import { countCells } from './region-fill.ts';

/**
 * Solid from ground glass, HU.
 *
 * @see Scholten ET et al., Eur Radiol 2015;25:488-496: -300 HU told part-solid from nonsolid nodules best
 */
const solidHu = -300;
/** Thinner than this it may be a vessel's blur, mm of radius. */
const thinnestMm = 0.9;
/** A vessel is this many times larger than the largest ball within it, by volume. */
const mostStretched = 4.5;
/** A core that is thinner than this and goes on outside of the nodule is a vessel, mm of radius. */
const thickestVesselMm = 2.2;

/**
 * Finds the solid part of a subsolid nodule; a vessel through the ground glass is none.
 *
 * @param volume - Voxels in HU.
 * @param box - The nodule was grown in it.
 * @param found - The nodule.
 * @param blur - Of the exam.
 * @returns Null for pure ground glass.
 */
export function solidComponent(volume: VoxelBlock, box: LocalBox, found: FoundRegion, blur: ExamBlur): SolidComponent | null {
  const { region, values } = found;
  const thin = new Uint8Array(values.length);
  const inner = new Float32Array(values.length);
  for (let at = 0; at < thin.length; at += 1) {
    const isSolid = region.cells[at] === 1 && (values[at] ?? 0) >= solidHu;
    thin[at] = isSolid ? 0 : 1;
    inner[at] = isSolid ? values[at] ?? 0 : Math.min(values[at] ?? 0, solidHu - 1);
  }
  if (!thin.includes(0)) return null;
  const depth = distanceTo(thin, box);
  let deepest = 0;
  for (let at = 1; at < depth.length; at += 1) if ((depth[at] ?? 0) > (depth[deepest] ?? 0)) deepest = at;
  if ((depth[deepest] ?? 0) < thinnestMm) return null;
  const seed = [deepest % box.columns, Math.floor(deepest / box.columns) % box.rows, Math.floor(deepest / (box.columns * box.rows))] as const;
  const core = growRegion({ values: inner, grid: box, seed, fromWall: new Float32Array(values.length).fill(1) }, solidHu);
  if (typeof core === 'string' || core.isHeld) return null;
  const cellsMm3 = countCells(core.cells) * box.cellMm[0] * box.cellMm[1] * box.cellMm[2];
  if (cellsMm3 > mostStretched * (4 / 3) * Math.PI * core.innerMm ** 3) return null;
  if (core.innerMm < thickestVesselMm && leavesNodule(core.depthMm, found, box)) return null;
  const sections: NoduleSection[] = [];
  for (let slice = box.firstSlice; slice <= box.lastSlice; slice += 1) {
    const section = noduleSection(volume, box, core, slice, solidHu, 0);
    if (section !== null) sections.push(section);
  }
  let key = sections[0];
  if (key === undefined) return null;
  for (const section of sections) if (section.areaMm2 > key.areaMm2) key = section;
  const seenMm = Math.sqrt(key.areaMm2 / Math.PI);
  const ball = explainBall(seenMm, blur, 0, 0.3 * seenMm);
  const seenMm3 = sections.reduce((sum, { areaMm2 }) => sum + areaMm2 * volume.spacingMm[2], 0);
  return {
    axes: axesOf(volume, key.slice, key.outline, 2 * (ball.radiusMm - seenMm)),
    // Few slices say little of a small core's height: the ball of its section bounds what they add up to.
    volumeMm3: Math.min(seenMm3, (4 / 3) * Math.PI * Math.max(ball.radiusMm, seenMm) ** 3 * 1.5),
  };
}

/** Whether what is solid in a nodule goes on in solid tissue outside of it. */
function leavesNodule(depthMm: Float32Array, { region, values }: FoundRegion, { columns, rows }: LocalBox): boolean {
  const size = columns * rows;
  let ways = 0;
  for (let at = size; at < depthMm.length - size; at += 1) {
    if ((depthMm[at] ?? 0) <= 0) continue;
    for (const next of [at - 1, at + 1, at - columns, at + columns, at - size, at + size]) {
      if (region.cells[next] !== 1 && (values[next] ?? 0) >= solidHu) ways += 1;
    }
  }
  return ways >= 3;
}
