import { sliceNormal } from '../../imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { estimateBlur } from '../exam-blur.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { NoduleAttachment, NoduleProfile } from '../../../src-shared/domain/candidate.ts';
import { seededGenerator } from '../seeded-generator.ts';
import { blendInto, nativeTexture } from './simulate-blend.ts';
import { coverageOf } from './simulate-coverage.ts';
import { noduleShape } from './simulate-shape.ts';
import type { NoduleMargin, NoduleShape } from './simulate-shape.ts';
import { formSize } from './simulate-truth.ts';
import { wallTest } from './simulate-wall.ts';
import { boxSize } from '../voxel-box.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** A nodule to put into an exam. */
export interface SimulatedNodule {
  /** mm, LPS. */
  readonly centreMm: PatientPoint;
  /** Whole lengths of the ellipsoid's axes before lobes, mm; its position in space comes from the seed. */
  readonly axesMm: readonly [number, number, number];
  readonly profile: NoduleProfile;
  /** HU of its solid part and of its ground glass; the one that the profile does not have is not looked at. */
  readonly hounsfield: { readonly solid: number; readonly groundGlass: number };
  /** Diameter of the solid core as a share of the whole; only where the profile is part-solid. */
  readonly coreShare: number;
  readonly margin: NoduleMargin;
  /** A juxtapleural nodule ends at the chest wall or the mediastinum: what of the ellipsoid lies beyond does not exist. */
  readonly attachment: NoduleAttachment;
  readonly seed: number;
}

/** What is true of a simulated nodule, before blur and slices. */
export interface NoduleTruth {
  readonly centreMm: PatientPoint;
  readonly profile: NoduleProfile;
  readonly attachment: NoduleAttachment;
  readonly margin: NoduleMargin;
  readonly volumeMm3: number;
  /** Of the largest section parallel to the slices, spicules left out, mm. */
  readonly longAxisMm: number;
  readonly shortAxisMm: number;
  /** Of the solid part; zeros where there is none. For a solid nodule the same as the whole. */
  readonly solidVolumeMm3: number;
  readonly solidLongAxisMm: number;
  readonly solidShortAxisMm: number;
  /** Middle of the largest section, mm, LPS. */
  readonly sectionMm: PatientPoint;
}

/** A nodule that was put into voxels, with what takes it out again. */
export interface InsertedNodule {
  readonly truth: NoduleTruth;
  readonly box: VoxelBox;
  /** The voxels of the box as they were. */
  readonly before: Int16Array;
}

/**
 * Puts a nodule into a volume's voxels: blurred as the exam is, with the exam's own noise, leaving denser tissue as it is.
 *
 * @param volume - Its voxels are changed.
 * @param nodule - What to put where.
 * @param blur - Of the exam; default: estimated from it, which takes tens of milliseconds.
 * @returns Null where nothing of it lies in the volume; nothing is changed then.
 */
export function insertInto(volume: VoxelBlock, nodule: SimulatedNodule, blur: ExamBlur = estimateBlur(volume)): InsertedNodule | null {
  const random = seededGenerator(nodule.seed);
  const shape = noduleShape(nodule.axesMm, nodule.margin, random);
  const core = nodule.profile === 'part-solid' ? coreShape(nodule, random) : null;
  const covered = coverageOf(volume, nodule.centreMm, shape.reachMm, shape.isOpaque, blur);
  if (covered === null) return null;
  const { box } = covered;
  const before = copyBox(volume, box);
  const texture = nativeTexture(before, box, volume.spacingMm);
  const truth = truthOf(volume, nodule, shape, core, box, texture.smooth);
  const { solid, groundGlass } = nodule.hounsfield;
  blendInto(volume, covered, texture, nodule.profile === 'solid' ? solid : groundGlass);
  const inner = core === null ? null : coverageOf(volume, nodule.centreMm, shape.reachMm, core, blur);
  if (inner !== null) {
    blendInto(volume, inner, nativeTexture(copyBox(volume, inner.box), inner.box, volume.spacingMm), solid);
  }
  return { truth, box, before };
}

/**
 * Takes a nodule out again. Nodules whose boxes overlap come out in the reverse order.
 *
 * @param volume - As insertInto left it.
 * @param inserted - What insertInto returned.
 */
export function takeOut(volume: VoxelBlock, { box, before }: InsertedNodule): void {
  const [columns, rows, slices] = boxSize(box);
  for (let line = 0; line < rows * slices; line += 1) {
    volume.voxels.set(before.subarray(line * columns, (line + 1) * columns), lineStart(volume, box, line));
  }
}

/**
 * A copy of a volume with a nodule in it. The copy takes as much memory as the volume.
 *
 * @param volume - Left as it is.
 * @param nodule - What to put where.
 * @param blur - Of the exam; default: estimated from it.
 * @returns Null truth where nothing of it lies in the volume.
 */
export function insertNodule(volume: CtVolume, nodule: SimulatedNodule, blur?: ExamBlur): { readonly volume: CtVolume; readonly truth: NoduleTruth | null } {
  const voxels = new Int16Array(new SharedArrayBuffer(volume.voxels.byteLength));
  voxels.set(volume.voxels);
  const copy: CtVolume = { ...volume, voxels };
  return { volume: copy, truth: insertInto(copy, nodule, blur)?.truth ?? null };
}

/** The solid core lies within the ground glass, off its middle. */
function coreShape({ axesMm, coreShare }: SimulatedNodule, random: () => number): (x: number, y: number, z: number) => boolean {
  const radius = (Math.min(...axesMm) / 2) * coreShare;
  const play = (Math.min(...axesMm) / 2 - radius) * 0.5;
  const [a, b, c] = [(2 * random() - 1) * play, (2 * random() - 1) * play, (2 * random() - 1) * play];
  return (x, y, z) => (x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 <= radius ** 2;
}

function truthOf(
  volume: VoxelBlock, nodule: SimulatedNodule, shape: NoduleShape, core: ((x: number, y: number, z: number) => boolean) | null, box: VoxelBox, smooth: Float32Array,
): NoduleTruth {
  const isWall = nodule.attachment === 'juxtapleural' ? wallTest(volume, nodule.centreMm, box, smooth) : () => false;
  const whole = formSize(shape.reachMm, (x, y, z) => shape.contains(x, y, z) && !isWall(x, y, z));
  const none = { volumeMm3: 0, longAxisMm: 0, shortAxisMm: 0 };
  const inner = nodule.profile === 'solid' ? whole : core === null ? none : formSize(shape.reachMm, (x, y, z) => core(x, y, z) && !isWall(x, y, z));
  const normal = sliceNormal(volume.slices);
  const { centreMm, profile, attachment, margin } = nodule;
  return {
    centreMm, profile, attachment, margin,
    volumeMm3: whole.volumeMm3, longAxisMm: whole.longAxisMm, shortAxisMm: whole.shortAxisMm,
    solidVolumeMm3: inner.volumeMm3, solidLongAxisMm: inner.longAxisMm, solidShortAxisMm: inner.shortAxisMm,
    sectionMm: [centreMm[0] + normal[0] * whole.sectionMm, centreMm[1] + normal[1] * whole.sectionMm, centreMm[2] + normal[2] * whole.sectionMm],
  };
}

function copyBox(volume: VoxelBlock, box: VoxelBox): Int16Array {
  const [columns, rows, slices] = boxSize(box);
  const copy = new Int16Array(columns * rows * slices);
  for (let line = 0; line < rows * slices; line += 1) {
    const start = lineStart(volume, box, line);
    copy.set(volume.voxels.subarray(start, start + columns), line * columns);
  }
  return copy;
}

function lineStart({ columns, rows }: VoxelBlock, box: VoxelBox, line: number): number {
  const [, boxRows] = boxSize(box);
  return ((box.firstSlice + Math.floor(line / boxRows)) * rows + box.firstRow + (line % boxRows)) * columns + box.firstColumn;
}
