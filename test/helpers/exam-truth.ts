import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';

/** A voxel that somebody marked. */
export interface MarkedVoxel {
  readonly column: number;
  readonly row: number;
  readonly slice: number;
}

/** What people marked in an exam: voxels within contours, or voxels of boxes around a tumour. */
export interface ExamTruth {
  readonly kind: 'contours' | 'boxes';
  readonly voxels: readonly MarkedVoxel[];
}

/**
 * Reads the truth that lies beside a public exam.
 *
 * @param folder - Of the exam, with a folder "truth".
 * @param volume - Of the exam.
 * @returns Null where there is none.
 */
export function readTruth(folder: string, volume: CtVolume): ExamTruth | null {
  const truth = join(folder, 'truth');
  if (!existsSync(truth)) return null;
  const indexOf = new Map(volume.slices.map(({ sopInstanceUid }, index) => [sopInstanceUid, index]));
  const readings = readdirSync(truth).find((name) => name.startsWith('lidc_readings'));
  if (readings !== undefined) return { kind: 'contours', voxels: contourVoxels(readFileSync(join(truth, readings), 'utf8'), indexOf) };
  const boxes = join(truth, 'boxes.csv');
  return existsSync(boxes) ? { kind: 'boxes', voxels: boxVoxels(readFileSync(boxes, 'utf8'), indexOf) } : null;
}

/** All that four radiologists drew as a nodule, their lines included. */
function contourVoxels(xml: string, indexOf: ReadonlyMap<string, number>): readonly MarkedVoxel[] {
  const voxels: MarkedVoxel[] = [];
  for (const nodule of xml.split('<unblindedReadNodule>').slice(1)) {
    for (const roi of nodule.split('</unblindedReadNodule>')[0]!.split('<roi>').slice(1)) {
      const slice = indexOf.get(/imageSOP_UID>([^<]+)/.exec(roi)?.[1] ?? '');
      if (slice === undefined) continue;
      const points = [...roi.matchAll(/<xCoord>(\d+)<\/xCoord>\s*<yCoord>(\d+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      for (const [column, row] of within(points)) voxels.push({ column, row, slice });
    }
  }
  return voxels;
}

function within(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const [columns, rows] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const found: (readonly [number, number])[] = [];
  for (let y = Math.min(...rows); y <= Math.max(...rows); y += 1) {
    for (let x = Math.min(...columns); x <= Math.max(...columns); x += 1) {
      let isIn = false;
      for (const [index, [x1, y1]] of points.entries()) {
        const [x0, y0] = points.at(index - 1)!;
        if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) isIn = !isIn;
      }
      if (isIn || points.some(([px, py]) => px === x && py === y)) found.push([x, y]);
    }
  }
  return found;
}

function boxVoxels(csv: string, indexOf: ReadonlyMap<string, number>): readonly MarkedVoxel[] {
  const voxels: MarkedVoxel[] = [];
  for (const line of csv.trim().split('\n').slice(1)) {
    const [, uid, , x0, y0, x1, y1] = line.split(',');
    const slice = indexOf.get(uid ?? '');
    if (slice === undefined) continue;
    for (let row = Number(y0); row <= Number(y1); row += 1) for (let column = Number(x0); column <= Number(x1); column += 1) voxels.push({ column, row, slice });
  }
  return voxels;
}
