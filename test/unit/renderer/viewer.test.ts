import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionLetters, edgeLetters } from '../../../src-renderer/viewer/orientation-letters.ts';
import { mapBox, mapPoint, transformFromCorners, unmapPoint } from '../../../src-renderer/viewer/plane-transform.ts';
import { rulerFor } from '../../../src-renderer/viewer/ruler.ts';
import { presetOf } from '../../../src-renderer/viewer/window-presets.ts';

describe('transformFromCorners', () => {
  it('maps the three points to where they landed', () => {
    const transform = transformFromCorners([120, 40], [121.5, 40], [120, 41.5]);
    expect(mapPoint(transform, [0, 0])).toEqual([120, 40]);
    expect(mapPoint(transform, [10, 20])).toEqual([135, 70]);
  });

  it('maps back what it maps, turned, flipped and zoomed', () => {
    const size = fc.double({ min: 0.05, max: 40, noNaN: true });
    const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
    const place = fc.double({ min: -2000, max: 2000, noNaN: true });
    fc.assert(fc.property(size, angle, place, place, place, place, fc.boolean(), (scale, turn, e, f, x, y, flip) => {
      const [cosine, sine] = [scale * Math.cos(turn), scale * Math.sin(turn)];
      const transform = transformFromCorners([e, f], [e + cosine, f + sine], [e - sine * (flip ? -1 : 1), f + cosine * (flip ? -1 : 1)]);
      const back = unmapPoint(transform, mapPoint(transform, [x, y]));
      expect(back?.[0]).toBeCloseTo(x, 4);
      expect(back?.[1]).toBeCloseTo(y, 4);
    }));
  });

  it('has no way back from a plane seen edge on', () => {
    expect(unmapPoint(transformFromCorners([0, 0], [1, 0], [2, 0]), [5, 5])).toBeNull();
  });
});

describe('mapBox', () => {
  it('holds the whole box with its margin, also when the picture is turned by a quarter', () => {
    expect(mapBox(transformFromCorners([0, 0], [2, 0], [0, 2]), [10, 20], [15, 30], 5)).toEqual({ x: 15, y: 35, width: 20, height: 30 });
    expect(mapBox(transformFromCorners([0, 0], [0, 2], [-2, 0]), [10, 20], [15, 30], 0)).toEqual({ x: -60, y: 20, width: 20, height: 10 });
  });
});

describe('directionLetters', () => {
  it.each([
    [[1, 0, 0], 'L'], [[-1, 0, 0], 'R'], [[0, 1, 0], 'P'], [[0, -1, 0], 'A'], [[0, 0, 1], 'H'], [[0, 0, -1], 'F'],
    [[0.9, 0.4, 0], 'LP'], [[0.99, 0.1, 0], 'L'], [[0, 0, 0], ''],
  ] as const)('names %j %s', (direction, letters) => {
    expect(directionLetters(direction)).toBe(letters);
  });
});

describe('edgeLetters', () => {
  it('has the patient right at the left of an axial slice as stored', () => {
    expect(edgeLetters([0.7, 0, 0], [0, 0.7, 0])).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
  });
});

describe('rulerFor', () => {
  it.each([[1, 100], [2.8, 50], [0.4, 200], [30, 2], [500, 1]])('chooses for %f px per mm a ruler of %i mm', (pxPerMm, lengthMm) => {
    expect(rulerFor(pxPerMm)).toEqual({ lengthMm, lengthPx: lengthMm * pxPerMm });
  });
});

describe('presetOf', () => {
  it('knows a preset only by its exact window', () => {
    expect(presetOf({ windowCenter: -600, windowWidth: 1500 })).toBe('lung');
    expect(presetOf({ windowCenter: -600, windowWidth: 1501 })).toBeNull();
  });
});
