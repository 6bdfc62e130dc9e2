import { explainBall, seenBall } from './ball-model.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import { growRegion } from './grow-region.ts';
import type { GrownRegion, GrowthGround } from './grow-region.ts';
import { smoothBox } from './local-box.ts';
import type { LocalBox } from './local-box.ts';
import { heightOverMask } from './mask-wall.ts';
import { distanceFromWall } from './pleura-cut.ts';
import { median } from './tissue-levels.ts';
import type { LungLevel } from './tissue-levels.ts';
import { smoothWall } from './wall-surface.ts';

/** A nodule in a box, with the densities that decide its boundary. */
export interface FoundRegion {
  readonly kind: 'solid' | 'subsolid';
  readonly region: GrownRegion;
  /** HU of the lung, of the nodule (its ground glass where it is subsolid) and half between. */
  readonly lungHu: number;
  readonly fullHu: number;
  readonly levelHu: number;
  /** Smoothed HU of the box. */
  readonly values: Float32Array;
  /** Share of the box that is lung. */
  readonly lungShare: number;
}

/** What is known of the place before a nodule is looked for. */
export interface Surroundings {
  readonly lung: LungLevel;
  /** Standard deviation of the noise, HU. */
  readonly noiseHu: number;
  readonly blur: ExamBlur;
  /** Outline of the lungs, where they could be told. */
  readonly mask: LungMask | null;
}

/** No nodule is grown at a lower level than this above the lung, HU: vessels' blur and noise lie there. */
const leastContrastHu = 70;
/** Density above which a voxel is no ground glass. */
const glassTopHu = -350;
/** With more fault than this what lies around a solid region of this inner radius or more is no ground glass of its own, mm. */
const besideMass = { innerMm: 8, fault: 0.5 } as const;
/** A nodule that lies on the wall by less than this share of its surface is left as it is. */
const leastOnWall = 0.03;
/** Ground glass that is looked for around solid tissue, HU. */
const usualGlassHu = -620;

/**
 * Finds the nodule at a point of a box: at a level half between lung and solid tissue, and at one half between lung and ground
 * glass; the second counts where it shows a layer that the blur of the first does not explain.
 *
 * @param box - Around the point.
 * @param seed - Cell position asked for.
 * @param surroundings - Lung, noise and blur around it.
 * @param halfMm - Half the box's side.
 * @returns 'nothing' where nothing is denser than the lung; 'too-deep' where a larger box is needed to tell.
 */
export function findRegion(box: LocalBox, seed: readonly [number, number, number], { noiseHu, blur, lung, mask }: Surroundings, halfMm: number): FoundRegion | 'nothing' | 'too-deep' {
  const smoothingMm = noiseHu > 28 ? 0.8 : 0.5;
  const values = smoothBox(box, smoothingMm);
  const { hounsfield: lungHu, share: lungShare } = lung;
  const near = valuesNear(values, box, seed, 3);
  const peakHu = near.reduce((most, value) => Math.max(most, value), lungHu);
  const ground: GrowthGround = { values, grid: box, seed, fromWall: mask === null ? distanceFromWall(values, box, seed, halfMm * 0.55) : heightOverMask(box, values, mask) };
  if (isInWall(ground)) return 'too-deep';
  const seenBlur = { inPlaneMm: Math.hypot(blur.inPlaneMm, smoothingMm), sliceMm: blur.sliceMm };
  const solid = peakHu - lungHu < 2 * leastContrastHu ? 'nothing' : growSolid(ground, lungHu, Math.min(peakHu, 80));
  const glassHu = median(near.filter((value) => value > lungHu + leastContrastHu && value < glassTopHu)) ?? usualGlassHu;
  const glass = typeof solid !== 'string' && solid.fullHu > glassTopHu && !hasHalo(solid, values, lungHu) ? 'nothing' : growGlass({ ...ground, isGlass: true }, lungHu, glassHu);
  if (glass === 'too-deep' || (solid === 'too-deep' && glass === 'nothing')) return 'too-deep';
  const common = { lungHu, values, lungShare };
  if (glass !== 'nothing' && (solid === 'nothing' || solid === 'too-deep' || (!isMass(solid.region, glass.region) && isGlass(glass, solid, box, values, lungHu, seenBlur)))) {
    return { ...common, kind: 'subsolid', region: onSmoothWall({ ...ground, isGlass: true }, glass.region, (lungHu + glass.fullHu) / 2), fullHu: glass.fullHu, levelHu: (lungHu + glass.fullHu) / 2 };
  }
  if (solid === 'nothing' || solid === 'too-deep') return solid;
  return { ...common, kind: isThin(solid, box, lungHu, seenBlur) ? 'subsolid' : 'solid', region: onSmoothWall(ground, solid.region, (lungHu + solid.fullHu) / 2), fullHu: solid.fullHu, levelHu: (lungHu + solid.fullHu) / 2 };
}

/** A wall is a boundary of its own, though none that the nodule shows. */
const wallDiscount = 0.5;

/**
 * How much of a region's surface is no boundary of its own.
 *
 * @param region - Its shares.
 * @returns 0 for one that lies free, to 1.
 */
export function cutFault({ cutShare, wallShare }: Pick<GrownRegion, 'cutShare' | 'wallShare'>): number {
  return cutShare - wallDiscount * wallShare;
}

interface Grown {
  readonly region: GrownRegion;
  readonly fullHu: number;
  readonly levelHu: number;
}

/** The level follows the nodule's own density once that is known. */
function growSolid(ground: GrowthGround, lungHu: number, peakHu: number): Grown | 'nothing' | 'too-deep' {
  let levelHu = (lungHu + peakHu) / 2;
  let region = growRegion(ground, levelHu);
  if (typeof region === 'string') return region;
  let fullHu = coreHu(ground.values, region);
  const next = (lungHu + Math.min(fullHu, 150)) / 2;
  if (Math.abs(next - levelHu) > 40) {
    const again = growRegion(ground, next);
    if (typeof again !== 'string') {
      levelHu = next;
      region = again;
      fullHu = coreHu(ground.values, region);
    }
  }
  return { region, fullHu, levelHu };
}

/** Grows it once more on a smooth wall, where it lies on one. */
function onSmoothWall(ground: GrowthGround, region: GrownRegion, levelHu: number): GrownRegion {
  if (region.wallShare < leastOnWall) return region;
  const fromWall = smoothWall(ground.values, ground.fromWall, region.cells, ground.grid, levelHu);
  const again = fromWall === null ? 'nothing' : growRegion({ ...ground, fromWall }, levelHu);
  return typeof again === 'string' ? region : again;
}

function growGlass(ground: GrowthGround, lungHu: number, glassHu: number): Grown | 'nothing' | 'too-deep' {
  let levelHu = lungHu + Math.min(Math.max((Math.min(glassHu, usualGlassHu + 60) - lungHu) / 2, leastContrastHu), 150);
  let region = growRegion(ground, levelHu);
  if (typeof region === 'string') return region;
  if (region.innerMm < 1.5) return 'nothing';
  let fullHu = glassDensity(ground.values, region);
  const next = ((fullHu ?? lungHu) + lungHu) / 2;
  if (next > levelHu + 20) {
    const again = growRegion(ground, next);
    if (typeof again !== 'string' && again.innerMm >= 1.5) {
      levelHu = next;
      region = again;
      fullHu = glassDensity(ground.values, region);
    }
  }
  return fullHu === null || fullHu < lungHu + leastContrastHu ? 'nothing' : { region, fullHu, levelHu };
}

/** Density of a region without its solid parts and its blurred rim. */
function glassDensity(values: Float32Array, { cells, depthMm, innerMm }: GrownRegion): number | null {
  const layer: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (cells[at] === 1 && value < glassTopHu && (depthMm[at] ?? 0) > Math.min(1.2, innerMm * 0.4)) layer.push(value);
  }
  return median(layer);
}

/** Density of the inner part of a region; the highest where blur reaches its middle. */
function coreHu(values: Float32Array, { cells, depthMm, innerMm }: GrownRegion): number {
  if (innerMm < 3) {
    let most = -1000;
    for (let at = 0; at < cells.length; at += 1) if (cells[at] === 1 && (values[at] ?? 0) > most) most = values[at] ?? 0;
    return most;
  }
  const inner: number[] = [];
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] === 1 && (depthMm[at] ?? 0) >= innerMm * 0.6) inner.push(values[at] ?? 0);
  }
  return median(inner) ?? 0;
}

/** Whether there is something between lung and tissue around a solid region, farther off than blur reaches. */
function hasHalo({ region }: Grown, values: Float32Array, lungHu: number): boolean {
  let thin = 0;
  let glassy = 0;
  for (let at = 0; at < values.length; at += 1) {
    const off = (region.aroundMm[at] ?? 0) - region.surfaceMm;
    const value = values[at] ?? 0;
    if (off < 1.3 || off > 2.8 || value > glassTopHu) continue;
    thin += 1;
    if (value > lungHu + 1.3 * leastContrastHu) glassy += 1;
  }
  return thin === 0 || glassy > 0.25 * thin;
}

/** Whether the place asked for lies in dense tissue that a ball of the box's size rolls around. */
function isInWall({ values, grid, seed, fromWall }: GrowthGround): boolean {
  const [column, row, layer] = seed.map(Math.round) as [number, number, number];
  const at = (layer * grid.rows + row) * grid.columns + column;
  return (values[at] ?? 0) > glassTopHu && (fromWall[at] ?? 0) < -grid.cellMm[0];
}

/** Whether a region would be ground glass even if all that blur can take were added. */
function isThin({ region, fullHu }: Grown, box: LocalBox, lungHu: number, blur: ExamBlur): boolean {
  if (fullHu > glassTopHu) return false;
  const radiusMm = layerRadius(region.cells, box, Math.floor(region.middle / (box.columns * box.rows)));
  const { peak } = explainBall(radiusMm, blur, 0, radiusMm * 0.3);
  return lungHu + (fullHu - lungHu) / Math.max(peak, 0.3) < glassTopHu;
}

/** A mass lies among collapsed lung and vessels, which are no layer of it. */
function isMass(solid: GrownRegion, glass: GrownRegion): boolean {
  return solid.innerMm >= besideMass.innerMm && cutFault(glass) >= besideMass.fault;
}

/** Whether the region at the lower level is ground glass, and not merely the blurred rim of a solid nodule. */
function isGlass(glass: Grown, solid: Grown, box: LocalBox, values: Float32Array, lungHu: number, blur: ExamBlur): boolean {
  const layer = Math.floor(glass.region.middle / (box.columns * box.rows));
  const glassMm = layerRadius(glass.region.cells, box, layer);
  const solidMm = layerRadius(solid.region.cells, box, layer);
  // The dense thing lies beside: a vessel within or next to ground glass.
  if (solidMm === 0) return glassMm > 2;
  if (isThin(solid, box, lungHu, blur)) return true;
  const ball = explainBall(solidMm, blur, 0, solidMm * 0.3);
  const share = (glass.levelHu - lungHu) / Math.max(solid.fullHu - lungHu, 1);
  const rim = seenBall(ball.radiusMm, blur, 0, solidMm * 0.3, share);
  if (glassMm < rim.radiusMm + 0.4 + 0.1 * solidMm) return false;
  const shell: number[] = [];
  for (let at = layer * box.columns * box.rows, end = at + box.columns * box.rows; at < end; at += 1) {
    if (glass.region.cells[at] === 1 && (values[at] ?? 0) < glassTopHu) shell.push(values[at] ?? 0);
  }
  return (median(shell) ?? lungHu) > glass.levelHu;
}

/** Radius of the disc that is as large as a region's section in a layer, mm. */
function layerRadius(cells: Uint8Array, { columns, rows, cellMm }: LocalBox, layer: number): number {
  let count = 0;
  for (let at = layer * columns * rows, end = at + columns * rows; at < end; at += 1) count += cells[at] ?? 0;
  return Math.sqrt((count * cellMm[0] * cellMm[1]) / Math.PI);
}

function valuesNear(values: Float32Array, { columns, rows, layers, cellMm }: LocalBox, [x, y, z]: readonly [number, number, number], reachMm: number): readonly number[] {
  const found: number[] = [];
  for (let layer = Math.max(0, Math.ceil(z - reachMm / cellMm[2])); layer <= Math.min(layers - 1, z + reachMm / cellMm[2]); layer += 1) {
    for (let row = Math.max(0, Math.ceil(y - reachMm / cellMm[1])); row <= Math.min(rows - 1, y + reachMm / cellMm[1]); row += 1) {
      for (let column = Math.max(0, Math.ceil(x - reachMm / cellMm[0])); column <= Math.min(columns - 1, x + reachMm / cellMm[0]); column += 1) {
        if (Math.hypot((column - x) * cellMm[0], (row - y) * cellMm[1], (layer - z) * cellMm[2]) <= reachMm) found.push(values[(layer * rows + row) * columns + column] ?? 0);
      }
    }
  }
  return found;
}
