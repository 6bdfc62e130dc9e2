import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundBlob } from '../../../../src-main/finder/find/found-blob.ts';
import { searchLung } from '../../../../src-main/finder/find/search-lung.ts';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { addMatter, ballField } from '../../../helpers/nodule-phantom.ts';
import { boxLung, boxMask } from './box-lung.ts';

const middle: PatientPoint = [38.3, 41.6, 40.4];

function search(volume: CtVolume): readonly FoundBlob[] {
  return searchLung({ volume, mask: boxMask(volume), side: 'right', count: 40 }).blobs;
}

function withBall(centre: PatientPoint, radiusMm: number, hounsfield: number): CtVolume {
  const volume = boxLung();
  addMatter(volume, ballField(centre, radiusMm, 0.5), hounsfield);
  return volume;
}

function off(blob: FoundBlob | undefined, [x, y, z]: PatientPoint): number {
  return blob === undefined ? Infinity : Math.hypot(blob.centreMm[0] - x, blob.centreMm[1] - y, blob.centreMm[2] - z);
}

/** A straight vessel along the slices' normal, a little tilted, through the lung. */
function vessel(x0: number, y0: number, radiusMm: number): (x: number, y: number, z: number) => number {
  return (x, y, z) => Math.min(1, Math.max(0, radiusMm + 0.5 - Math.hypot(x - x0 - 0.1 * z, y - y0)));
}

describe('searchLung', () => {
  it.each([[4, 30, 'nodule'], [6, 30, 'nodule'], [12, 30, 'nodule'], [24, 30, 'nodule'], [40, 30, 'mass'], [10, -620, 'ground-glass'], [20, -600, 'ground-glass']] as const)(
    'puts a ball of %i mm and %i HU first, on the path of a %s', (diameterMm, hounsfield, path) => {
      const [first] = search(withBall(middle, diameterMm / 2, hounsfield));
      expect(off(first, middle)).toBeLessThan(Math.max(1.2, diameterMm / 8));
      expect(first?.path).toBe(path);
      expect(first?.attachment).toBe('isolated');
      expect((first?.blobMm ?? 0) / diameterMm).toBeGreaterThan(0.6);
      expect((first?.blobMm ?? 0) / diameterMm).toBeLessThan(1.6);
    });

  it('finds half a ball on the wall, and knows that it lies there', () => {
    const onWall: PatientPoint = [8, 40, 40];
    const [first] = search(withBall(onWall, 5, 40));
    expect(off(first, onWall)).toBeLessThan(4);
    expect(first).toMatchObject({ path: 'juxtapleural', attachment: 'juxtapleural' });
  });

  it('puts a ball above the vessels that pass it and the one that it lies on', () => {
    const volume = boxLung();
    for (const [x, y, radiusMm] of [[20, 20, 2], [50, 25, 1.5], [25, 60, 2.5]] as const) addMatter(volume, vessel(x, y, radiusMm), 40);
    addMatter(volume, ballField([54, 25, 40], 3.5, 0.5), 30);
    const [first] = search(volume);
    expect(off(first, [54, 25, 40])).toBeLessThan(2.5);
    expect(first?.attachment).toBe('juxtavascular');
  });

  it('finds nothing in a lung without anything, nor on its walls', () => {
    expect(search(boxLung())).toEqual([]);
  });

  it('finds nothing where the mask has no such lung', () => {
    const volume = withBall(middle, 5, 30);
    const empty = searchLung({ volume, mask: boxMask(volume), side: 'left', count: 40 });
    expect(empty).toMatchObject({ blobs: [], foundCount: 0, lobes: null });
    expect(empty.seenSlices.some((seen) => seen !== 0)).toBe(false);
  });

  it('searches the half of the body on its side where the lungs have no outline', () => {
    const volume = withBall([25, 40, 40], 5, 30);
    const mask = { ...boxMask(volume, lungLabels.body), kind: 'body' as const };
    expect(off(searchLung({ volume, mask, side: 'right', count: 5 }).blobs[0], [25, 40, 40])).toBeLessThan(1.5);
    expect(searchLung({ volume, mask, side: 'left', count: 5 }).blobs.every((blob) => off(blob, [25, 40, 40]) > 10)).toBe(true);
  });

  it('does not search slices that could not be decoded, and says so', () => {
    const volume = withBall(middle, 3, 30);
    const lost: CtVolume = { ...volume, slices: volume.slices.map((slice, index) => (index >= 24 && index < 42 ? { ...slice, problem: { code: 'pixel-data-corrupt', message: 'lost' } } : slice)) };
    const { blobs, seenSlices } = searchLung({ volume: lost, mask: boxMask(lost), side: 'right', count: 40 });
    expect(blobs.every((blob) => off(blob, middle) > 8)).toBe(true);
    expect(Array.from(seenSlices.subarray(22, 44))).toEqual([1, 1, ...Array.from({ length: 18 }, () => 0), 1, 1]);
  });
});

describe('the laws of searchLung', () => {
  const place = fc.record({ x: fc.double({ min: 22, max: 56, noNaN: true }), y: fc.double({ min: 22, max: 56, noNaN: true }), z: fc.double({ min: 24, max: 54, noNaN: true }), radiusMm: fc.double({ min: 2.5, max: 9, noNaN: true }) });

  it('finds the same in a volume moved by whole cells of the mask', () => {
    fc.assert(fc.property(place, fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })), ({ x, y, z, radiusMm }, cells) => {
      const volume = withBall([x, y, z], radiusMm, 30);
      const moved = shift(volume, cells.map((cell) => 2 * cell) as [number, number, number]);
      const [still, there] = [searchLung({ ...shift(volume, [0, 0, 0]), side: 'right', count: 40 }), searchLung({ ...moved, side: 'right', count: 40 })];
      expect(there.blobs[0]?.centreMm.map((mm, axis) => mm - 2 * (cells[axis] ?? 0) * (volume.spacingMm[axis] ?? 1) - (still.blobs[0]?.centreMm[axis] ?? 0))).toEqual([
        expect.closeTo(0, 6), expect.closeTo(0, 6), expect.closeTo(0, 6),
      ]);
      // The lung's level is taken from samples, which fall otherwise.
      expect(there.blobs[0]?.score).toBeCloseTo(still.blobs[0]?.score ?? NaN, 1);
    }), { numRuns: 6, endOnFailure: true });
  });

  it('finds the same place of the patient in arrays that run the other way', () => {
    fc.assert(fc.property(place, ({ x, y, z, radiusMm }) => {
      const volume = withBall([x, y, z], radiusMm, 30);
      const [one, other] = [search(volume)[0], search(flip(volume))[0]];
      // Of two scales that answer nearly alike either may win, and a place is a cell of its scale's grid.
      expect(off(one, [x, y, z])).toBeLessThan(1.8 + 0.2 * radiusMm);
      expect(off(other, one?.centreMm ?? [0, 0, 0])).toBeLessThan(1.8 + 0.2 * radiusMm);
      expect(Math.abs((other?.score ?? 0) - (one?.score ?? 0))).toBeLessThan(1.5);
    }), { numRuns: 6, endOnFailure: true });
  });

  it('finds the same when the whole lung is some HU denser', () => {
    fc.assert(fc.property(place, fc.integer({ min: -30, max: 40 }), ({ x, y, z, radiusMm }, offset) => {
      const volume = withBall([x, y, z], radiusMm, 30);
      const voxels = volume.voxels.slice() as unknown as CtVolume['voxels'];
      const denser: CtVolume = { ...volume, voxels: new Int16Array(new SharedArrayBuffer(voxels.byteLength)) };
      denser.voxels.set(voxels.map((hu) => hu + offset));
      const [one, other] = [search(volume)[0], search(denser)[0]];
      expect(off(other, one?.centreMm ?? [0, 0, 0])).toBeLessThan(1.8 + 0.2 * radiusMm);
      expect(Math.abs((other?.score ?? 0) - (one?.score ?? 0))).toBeLessThan(1);
    }), { numRuns: 6, endOnFailure: true });
  });
});

/** Moves voxels and mask together, by whole voxels; what comes in is wall and outside. */
function shift(volume: CtVolume, [x, y, z]: readonly [number, number, number]): Pick<Parameters<typeof searchLung>[0], 'volume' | 'mask'> {
  // Wherever it is moved to, the box around the lung has its whole margin.
  const mask = boxMask(volume, lungLabels.rightLung, 5);
  const moved = { ...volume, voxels: new Int16Array(new SharedArrayBuffer(volume.voxels.byteLength)).fill(40) };
  const labels = new Uint8Array(new SharedArrayBuffer(mask.labels.length));
  move(volume.voxels, moved.voxels, [volume.columns, volume.rows, volume.slices.length], [x, y, z]);
  move(mask.labels, labels, [mask.columns, mask.rows, mask.slices], [x / 2, y / 2, z / 2]);
  return { volume: moved, mask: { ...mask, labels } };
}

function move(source: Int16Array | Uint8Array, target: Int16Array | Uint8Array, [columns, rows, layers]: readonly [number, number, number], [x, y, z]: readonly [number, number, number]): void {
  for (let at = 0; at < source.length; at += 1) {
    const [column, row, layer] = [(at % columns) + x, (Math.floor(at / columns) % rows) + y, Math.floor(at / (columns * rows)) + z];
    if (column >= 0 && row >= 0 && layer >= 0 && column < columns && row < rows && layer < layers) target[(layer * rows + row) * columns + column] = source[at] ?? 0;
  }
}

/** The same patient with columns that run from left to right. */
function flip(volume: CtVolume): CtVolume {
  const flipped: CtVolume = {
    ...volume, voxels: new Int16Array(new SharedArrayBuffer(volume.voxels.byteLength)),
    slices: volume.slices.map((slice) => ({
      ...slice, affine: { ...slice.affine, origin: [(volume.columns - 1) * volume.spacingMm[0], slice.affine.origin[1], slice.affine.origin[2]], columnStep: [-volume.spacingMm[0], 0, 0] },
    })),
  };
  for (let at = 0; at < volume.voxels.length; at += 1) flipped.voxels[at] = volume.voxels[at - (at % volume.columns) + volume.columns - 1 - (at % volume.columns)] ?? 0;
  return flipped;
}
