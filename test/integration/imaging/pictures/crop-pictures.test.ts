import { describe, expect, it } from 'vitest';
import { cropPictures } from '../../../../src-main/imaging/pictures/crop-pictures.ts';
import { sha256Of } from '../../../../src-main/platform/sha256.ts';
import type { VoxelBlock } from '../../../../src-main/imaging/pictures/picture.ts';
import { decodePng } from '../../../helpers/decode-png.ts';

const [columns, rows, count] = [40, 50, 60];

/** A block of 1 mm voxels of air with one bright rod along each axis through a point. */
function rods([x, y, z]: readonly [number, number, number]): VoxelBlock {
  const voxels = new Int16Array(columns * rows * count).fill(-1000);
  for (let slice = 0, at = 0; slice < count; slice += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        const hits = Number(column === x) + Number(row === y) + Number(slice === z);
        if (hits >= 2) voxels[at] = 400;
      }
    }
  }
  const slices = Array.from({ length: count }, (_, slice) => ({
    sopInstanceUid: `1.${String(slice)}`, frameNumber: 1, positionMm: slice, problem: null,
    affine: { origin: [0, 0, slice], columnStep: [1, 0, 0], rowStep: [0, 1, 0] } as const,
  }));
  return { columns, rows, slices, voxels, spacingMm: [1, 1, 1] };
}

describe('cropPictures', () => {
  it('shows each place in the middle of three pictures, white on black, hashed and without anything else in the file', async () => {
    const places = [[20, 25, 30], [12, 30, 40]] as const;
    for (const place of places) {
      const made = await cropPictures({ volume: rods(place), centres: [place, [0, 0, 0]], fieldMm: 21, pixels: 21 });
      expect(made).toHaveLength(2);
      for (const plane of ['axial', 'coronal', 'sagittal'] as const) {
        const { png, sha256 } = made[0]![plane];
        const { grey, columns: width, rows: height, chunkTypes } = decodePng(png);
        expect([width, height, sha256, chunkTypes]).toEqual([21, 21, sha256Of(png), ['IHDR', 'IDAT', 'IEND']]);
        // Two rods cross in the middle of the plane; the third one pierces it there.
        const white = [...grey.keys()].filter((index) => grey[index] === 255);
        expect(white).toEqual([...grey.keys()].filter((index) => index % 21 === 10 || Math.floor(index / 21) === 10));
      }
    }
  });

  it('has nothing to show for no places', async () => {
    expect(await cropPictures({ volume: rods([1, 1, 1]), centres: [], fieldMm: 50, pixels: 192 })).toEqual([]);
  });
});
