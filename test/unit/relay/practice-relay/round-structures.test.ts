import { describe, expect, it } from 'vitest';
import { lungField } from '../../../../src-main/relay/practice-relay/lung-field.ts';
import { findRoundStructures } from '../../../../src-main/relay/practice-relay/round-structures.ts';
import { phantomSlice } from '../../../helpers/phantom-slice.ts';

const size = 512;
const fieldMm = 360;
const lungCentre = Math.round(size * 0.3);

describe('findRoundStructures', () => {
  it('finds nothing in empty lungs, in black and in white', () => {
    expect(findRoundStructures(phantomSlice(size), size, size, 'standard', fieldMm)).toEqual([]);
    expect(findRoundStructures(new Uint8Array(size * size), size, size, 'fine', fieldMm)).toEqual([]);
    expect(findRoundStructures(new Uint8Array(size * size).fill(255), size, size, 'fine', fieldMm)).toEqual([]);
  });
  it('finds a round bright structure where it is', () => {
    const [found, ...others] = findRoundStructures(phantomSlice(size, [{ column: lungCentre, row: 256, radius: 12, grey: 236 }]), size, size, 'standard', fieldMm);
    expect(others).toEqual([]);
    expect(found?.roundness).toBeGreaterThan(0.9);
    expect([found?.columnMin, found?.columnMax, found?.rowMin, found?.rowMax].map((edge, at) => Math.abs((edge ?? 0) - ([lungCentre - 12, lungCentre + 12, 244, 268][at] ?? 0)) <= 1)).toEqual([true, true, true, true]);
  });
  it('leaves out what has grown together with the wall or leaves the hilum, unlike what touches it', () => {
    const wall = Math.round(size * 0.15);
    const on = (depth: number) => findRoundStructures(phantomSlice(size, [{ column: wall + depth, row: 256, radius: 13, grey: 236 }]), size, size, 'standard', fieldMm);
    expect(on(4)).toHaveLength(0);
    expect(on(14)).toHaveLength(1);
  });
  it('leaves out what is too small for the pass', () => {
    const slice = phantomSlice(size, [{ column: lungCentre, row: 256, radius: 4.6, grey: 236 }]);
    expect(findRoundStructures(slice, size, size, 'standard', fieldMm)).toHaveLength(0);
    expect(findRoundStructures(slice, size, size, 'fine', fieldMm)).toHaveLength(1);
  });
  it('leaves out a vessel along the slice and anything outside the lungs', () => {
    const vessel = Array.from({ length: 60 }, (_, at) => ({ column: lungCentre - 30 + at, row: 256, radius: 5, grey: 236 }));
    expect(findRoundStructures(phantomSlice(size, vessel), size, size, 'standard', fieldMm)).toEqual([]);
    expect(findRoundStructures(phantomSlice(size, [{ column: 256, row: 256, radius: 15, grey: 255 }, { column: 20, row: 20, radius: 12, grey: 236 }]), size, size, 'standard', fieldMm)).toEqual([]);
  });
  it('works on a picture that is not square', () => {
    const slice = phantomSlice(size, [{ column: lungCentre, row: 256, radius: 12, grey: 236 }]).slice(0, size * 500);
    expect(findRoundStructures(slice, size, 500, 'standard', fieldMm)).toHaveLength(1);
  });
});

describe('lungField', () => {
  it('covers the lungs and their structures but neither body nor surroundings', () => {
    const field = lungField(phantomSlice(size, [{ column: lungCentre, row: 256, radius: 12, grey: 236 }]), size, size, fieldMm / size);
    const at = (column: number, row: number) => field[row * size + column];
    expect([at(lungCentre, 256), at(lungCentre, 200), at(256, 256), at(5, 5), at(256, 450)]).toEqual([1, 1, 0, 0, 0]);
  });
});
