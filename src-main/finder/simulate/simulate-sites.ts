import { patientToVoxel, sliceNormal, voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { randomDirection } from '../seeded-generator.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import type { NoduleAttachment } from '../../../src-shared/domain/candidate.ts';

/** What kind of place is looked for. */
export interface SiteWish {
  readonly attachment: NoduleAttachment;
  readonly diameterMm: number;
  /** Balls to stay clear of: other nodules, real findings. */
  readonly avoid: readonly { readonly centreMm: PatientPoint; readonly radiusMm: number }[];
}

/** Denser than this is vessel or wall, HU. */
const denseHu = -500;
/** Stands for what lies outside of the volume: dense, so that nothing is put there, and no wall either. */
const outsideHu = 30_000;
const tries = 4000;

/**
 * Looks for a place in the lungs where a simulated nodule can lie.
 *
 * Isolated: no vessel within its radius and 2 mm; above 8 mm there is no such place in a lung, so that thin vessels may cross it
 * (2 % of the ball up to 15 mm, 5 % above). Juxtapleural: the centre is within a radius of the wall. Juxtavascular: it touches a
 * vessel thinner than itself.
 *
 * @param volume - Voxels in HU.
 * @param mask - Of its lungs.
 * @param random - Decides among the places.
 * @param wish - What kind of place.
 * @returns mm, LPS; null when none was found.
 */
export function chooseSite(volume: VoxelBlock, mask: LungMask, random: SeededGenerator, wish: SiteWish): PatientPoint | null {
  const radiusMm = wish.diameterMm / 2;
  const cells = lungCells(mask);
  if (cells.length === 0) return null;
  const find = { isolated: isolatedSite, juxtapleural: pleuralSite, juxtavascular: vesselSite }[wish.attachment];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const start = pointInCell(volume, mask, cells[Math.floor(random() * cells.length)] ?? 0, random);
    const site = find(volume, random, start, radiusMm);
    if (site === null) continue;
    const isClear = wish.avoid.every(({ centreMm, radiusMm: other }) => Math.hypot(site[0] - centreMm[0], site[1] - centreMm[1], site[2] - centreMm[2]) > other + radiusMm);
    if (isClear) return site;
  }
  return null;
}

function lungCells({ labels }: LungMask): Int32Array {
  let count = 0;
  for (const label of labels) if (label === lungLabels.rightLung || label === lungLabels.leftLung) count += 1;
  const cells = new Int32Array(count);
  count = 0;
  for (let at = 0; at < labels.length; at += 1) {
    if (labels[at] === lungLabels.rightLung || labels[at] === lungLabels.leftLung) cells[count++] = at;
  }
  return cells;
}

function pointInCell(volume: VoxelBlock, { columns, rows, step }: LungMask, cell: number, random: SeededGenerator): PatientPoint {
  const column = (cell % columns) * step[0] + random() * step[0] - 0.5;
  const row = (Math.floor(cell / columns) % rows) * step[1] + random() * step[1] - 0.5;
  const slice = Math.floor(cell / (columns * rows)) * step[2] + random() * step[2] - 0.5;
  return voxelToPatient(volume, column, row, slice);
}

function isolatedSite(volume: VoxelBlock, _random: SeededGenerator, start: PatientPoint, radiusMm: number): PatientPoint | null {
  const mostDense = radiusMm <= 4 ? 0 : radiusMm <= 7.5 ? 0.02 : 0.05;
  return denseShare(volume, start, radiusMm + 2) <= mostDense ? start : null;
}

function vesselSite(volume: VoxelBlock, random: SeededGenerator, start: PatientPoint, radiusMm: number): PatientPoint | null {
  if (valueAt(volume, start) < -350) return null;
  const surroundings = denseShare(volume, start, 8);
  if (surroundings > 0.12 || denseShare(volume, start, radiusMm) > 0.5) return null;
  const direction = randomDirection(random);
  const off = radiusMm * (0.6 + 0.45 * random());
  const site: PatientPoint = [start[0] + direction[0] * off, start[1] + direction[1] * off, start[2] + direction[2] * off];
  const share = denseShare(volume, site, radiusMm + 0.5);
  return share > 0.005 && share < 0.25 ? site : null;
}

function pleuralSite(volume: VoxelBlock, random: SeededGenerator, start: PatientPoint, radiusMm: number): PatientPoint | null {
  if (valueAt(volume, start) > -700) return null;
  const direction = inPlaneDirection(volume, random);
  for (let way = 0; way < 25; way += 0.5) {
    if (!isWallAhead(volume, start, direction, way)) continue;
    const off = way - radiusMm * (0.2 + 0.7 * random());
    const site: PatientPoint = [start[0] + direction[0] * off, start[1] + direction[1] * off, start[2] + direction[2] * off];
    const share = denseShare(volume, site, radiusMm);
    return share > 0.02 && share < 0.5 ? site : null;
  }
  return null;
}

/** Dense here and for the next 8 mm, no vessel. */
function isWallAhead(volume: VoxelBlock, start: PatientPoint, direction: PatientPoint, way: number): boolean {
  let dense = 0;
  for (let further = 0; further < 8; further += 1) {
    const at = way + further;
    const value = valueAt(volume, [start[0] + direction[0] * at, start[1] + direction[1] * at, start[2] + direction[2] * at]);
    if (value === outsideHu || (value <= denseHu && further < 3)) return false;
    if (value > denseHu) dense += 1;
  }
  return dense >= 7;
}

/** The wall is looked for within the slice: thick slices show it there only. */
function inPlaneDirection({ slices }: VoxelBlock, random: SeededGenerator): PatientPoint {
  const normal = sliceNormal(slices);
  const any = randomDirection(random);
  const up = any[0] * normal[0] + any[1] * normal[1] + any[2] * normal[2];
  const rest: PatientPoint = [any[0] - up * normal[0], any[1] - up * normal[1], any[2] - up * normal[2]];
  const length = Math.hypot(...rest) || 1;
  return [rest[0] / length, rest[1] / length, rest[2] / length];
}

function valueAt(volume: VoxelBlock, point: PatientPoint): number {
  const [column, row, slice] = patientToVoxel(volume, point).map(Math.round) as [number, number, number];
  if (column < 1 || row < 1 || column >= volume.columns - 1 || row >= volume.rows - 1 || slice < 0 || slice >= volume.slices.length) return outsideHu;
  const at = (slice * volume.rows + row) * volume.columns + column;
  const { voxels, columns } = volume;
  return ((voxels[at] ?? 0) * 2 + (voxels[at - 1] ?? 0) + (voxels[at + 1] ?? 0) + (voxels[at - columns] ?? 0) + (voxels[at + columns] ?? 0)) / 6;
}

/** Share of a ball that is dense or outside of the volume. */
function denseShare(volume: VoxelBlock, centre: PatientPoint, radiusMm: number): number {
  const step = Math.max(0.8, radiusMm / 7);
  const reach = Math.floor(radiusMm / step);
  let inside = 0;
  let dense = 0;
  for (let z = -reach; z <= reach; z += 1) {
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        if (x * x + y * y + z * z > reach * reach) continue;
        inside += 1;
        if (valueAt(volume, [centre[0] + x * step, centre[1] + y * step, centre[2] + z * step]) > denseHu) dense += 1;
      }
    }
  }
  return dense / inside;
}
