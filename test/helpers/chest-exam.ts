import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lungLabels } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import { voxelToPatient } from '../../src-main/imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import type { ReadingDesk } from '../../src-main/reading/reading-desk.ts';
import type { NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { temporaryFolder } from './fresh-database.ts';
import { sampleCandidate } from './sample-candidate.ts';
import { outlinedAs, toldMask } from './test-desk.ts';
import { writeSlice } from './test-workstation.ts';

/** Slices of the chest exam, 2.5 mm apart. */
export const chestSlices = 24;

const size = 128;
const pixelMm = 2.5;
const ball = { centre: [64, 0, 30] as PatientPoint, radiusMm: 7 };
const lungs = [{ x: -64, label: lungLabels.rightLung }, { x: 64, label: lungLabels.leftLung }] as const;

/** Label of the lung that a place of the exam lies in; `outside` for all others. */
function lungAt([x, y]: PatientPoint): number {
  return lungs.find((lung) => ((x - lung.x) / 42) ** 2 + (y / 64) ** 2 <= 1)?.label ?? lungLabels.outside;
}

/** Stored values (HU + 1024). */
function chestPixels(z: number): Int16Array {
  return Int16Array.from({ length: size * size }, (_, index) => {
    const [x, y] = [-160 + pixelMm * (index % size), -160 + pixelMm * Math.floor(index / size)];
    if ((x / 134) ** 2 + (y / 96) ** 2 > 1) return 0;
    if (Math.hypot(x - ball.centre[0], y - ball.centre[1], z - ball.centre[2]) <= ball.radiusMm) return 1064;
    return lungAt([x, y, z]) === lungLabels.outside ? 1064 : 174;
  });
}

/** Writes an exam of two lungs with a ball in the left one, and returns its folder. */
export function writeChestExam(): string {
  const folder = join(temporaryFolder(), 'chest');
  mkdirSync(folder);
  for (let index = 0; index < chestSlices; index += 1) {
    writeSlice(folder, index, { rows: size, columns: size, pixelSpacing: [pixelMm, pixelMm], pixels: chestPixels(2.5 * index) });
  }
  return folder;
}

/** What the device finds in it: the ball, and two places where nothing is. */
export function chestCandidates(): readonly NoduleCandidate[] {
  const place = (rank: number, centreMm: PatientPoint): NoduleCandidate => {
    const sliceIndex = Math.round(centreMm[2] / 2.5);
    return sampleCandidate({ rank, centreMm, sliceIndex, fromSliceIndex: sliceIndex - 1, toSliceIndex: sliceIndex + 1, side: centreMm[0] > 0 ? 'left' : 'right' });
  };
  return [place(1, ball.centre), place(2, [-64, 0, 30]), place(3, [-60, 30, 15])];
}

/** A device that outlines these lungs and finds these candidates; everything else is real. */
export function chestDevice(candidates: () => readonly NoduleCandidate[] = chestCandidates): (desk: ReadingDesk) => Partial<ReadingDesk> {
  return (desk) => ({
    ...outlinedAs(chestMask)(desk),
    findCandidates: () => {
      const found = candidates();
      return Promise.resolve({ candidates: found, search: { searchedSlices: chestSlices, spacingNote: null, foundCount: found.length } });
    },
  });
}

function chestMask(volume: CtVolume): LungMask {
  const step = [4, 4, 1] as const;
  const [columns, rows, slices] = [size / step[0], size / step[1], volume.slices.length];
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  for (let index = 0; index < labels.length; index += 1) {
    const [column, row, slice] = [index % columns, Math.floor(index / columns) % rows, Math.floor(index / (columns * rows))];
    labels[index] = lungAt(voxelToPatient(volume, step[0] * column + 1.5, step[1] * row + 1.5, slice));
  }
  return toldMask(volume, { columns, rows, slices, step, labels });
}
